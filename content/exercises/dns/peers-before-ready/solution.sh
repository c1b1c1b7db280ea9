kubectl patch service ${app}-peers -p '{"spec":{"publishNotReadyAddresses":true}}'
kubectl rollout status statefulset ${app}
