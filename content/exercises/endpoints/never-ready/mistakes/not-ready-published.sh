# fails: probe
kubectl patch service ${app} -p '{"spec":{"publishNotReadyAddresses":true}}'
