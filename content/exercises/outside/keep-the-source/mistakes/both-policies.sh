# fails: inside
kubectl patch service ${app} -p '{"spec":{"externalTrafficPolicy":"Local","internalTrafficPolicy":"Local"}}'
