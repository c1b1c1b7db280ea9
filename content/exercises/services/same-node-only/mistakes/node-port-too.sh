# fails: policy
kubectl patch service ${app} -p '{"spec":{"type":"NodePort","internalTrafficPolicy":"Local"}}'
