# fails: source policy inside
kubectl patch service ${app} -p '{"spec":{"sessionAffinity":"ClientIP"}}'
