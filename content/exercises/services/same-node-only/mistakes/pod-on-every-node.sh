# fails: nowhere-else policy
kubectl patch service ${app} -p '{"spec":{"internalTrafficPolicy":"Local"}}'
kubectl patch daemonset ${app} -p '{"spec":{"template":{"spec":{"tolerations":[{"operator":"Exists"}]}}}}'
kubectl rollout status daemonset ${app}
