# fails: source policy
kubectl patch service ${app} -p '{"spec":{"type":"NodePort","externalTrafficPolicy":"Local"}}'
