kubectl patch service ${app}-peers --type=json -p '[{"op":"add","path":"/spec/publishNotReadyAddresses","value":true}]'
kubectl delete pod -l app=${app}
kubectl rollout status statefulset ${app}
