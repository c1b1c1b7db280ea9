# fails: clients
kubectl patch service ${app}-peers -p '{"spec":{"publishNotReadyAddresses":true}}'
kubectl patch service ${app} -p '{"spec":{"publishNotReadyAddresses":true}}'
kubectl rollout status statefulset ${app}
