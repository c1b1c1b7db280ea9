# fails: ready peers clients
kubectl patch service ${app} -p '{"spec":{"publishNotReadyAddresses":true}}'
