# fails: gates host-network as-before
kubectl patch daemonset gate -p '{"spec":{"template":{"metadata":{"labels":{"try":"2"}},"spec":{"dnsPolicy":"ClusterFirst"}}}}'
