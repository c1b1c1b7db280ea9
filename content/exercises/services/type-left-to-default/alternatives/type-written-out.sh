kubectl expose deployment ${app} --port=80 --type=NodePort
kubectl patch service ${app} -p '{"spec":{"type":"ClusterIP"}}'
