# fails: same-node nowhere-else policy
kubectl patch service ${app} -p '{"spec":{"sessionAffinity":"ClientIP"}}'
