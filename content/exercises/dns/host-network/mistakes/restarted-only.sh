# fails: gates host-network as-before
kubectl rollout restart daemonset gate
