# fails: same-node nowhere-else policy
kubectl patch service ${app} -p '{"spec":{"type":"NodePort","externalTrafficPolicy":"Local"}}'
