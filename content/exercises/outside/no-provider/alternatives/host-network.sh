kubectl patch deployment ingress-nginx-controller -n ingress-nginx -p '{"spec":{"replicas":2,"template":{"spec":{"hostNetwork":true,"dnsPolicy":"ClusterFirstWithHostNet"}}}}'
kubectl rollout status deployment ingress-nginx-controller -n ingress-nginx
sleep 20
