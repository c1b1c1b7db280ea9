# fails: blocked allowed node-ports inside
kubectl patch service ${app} -p '{"spec":{"type":"ClusterIP"}}'
