kubectl patch daemonset gate -p '{"spec":{"template":{"spec":{"dnsPolicy":"ClusterFirstWithHostNet"}}}}'
kubectl rollout status daemonset gate
