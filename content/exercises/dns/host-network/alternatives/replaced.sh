kubectl get daemonset gate -o yaml > gate.yaml
sed -i 's/dnsPolicy: ClusterFirst$/dnsPolicy: ClusterFirstWithHostNet/' gate.yaml
kubectl replace --force -f gate.yaml
kubectl rollout status daemonset gate
