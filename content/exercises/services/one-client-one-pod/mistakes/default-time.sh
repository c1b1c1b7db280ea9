# fails: timeout
kubectl patch service ${app} -p '{"spec":{"sessionAffinity":"ClientIP"}}'
