# fails: gates host-network as-before
kubectl get daemonset gate -o yaml | sed 's|http://${app}:|http://${app}.default.svc.cluster.local:|' | kubectl replace -f -
kubectl rollout status daemonset gate --timeout=30s
