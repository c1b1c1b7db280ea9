# fails: host-network
IP=$(kubectl get service ${app} -o jsonpath='{.spec.clusterIP}')
kubectl get daemonset gate -o yaml | sed "s|http://${app}:|http://$IP:|" | kubectl replace -f -
kubectl rollout status daemonset gate --timeout=30s
