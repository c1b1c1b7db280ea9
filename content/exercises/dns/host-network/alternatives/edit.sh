KUBE_EDITOR="sed -i 's/dnsPolicy: ClusterFirst$/dnsPolicy: ClusterFirstWithHostNet/'" kubectl edit daemonset gate
kubectl rollout status daemonset gate
