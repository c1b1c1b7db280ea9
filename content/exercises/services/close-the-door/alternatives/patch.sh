kubectl patch service ${app} -p '{"spec":{"type":"ClusterIP"}}'
