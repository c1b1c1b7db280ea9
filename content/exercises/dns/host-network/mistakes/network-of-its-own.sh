# fails: gates host-network
kubectl patch daemonset gate -p '{"spec":{"template":{"spec":{"hostNetwork":false}}}}'
kubectl rollout status daemonset gate
