# fails: node02 kept
kubectl patch deployment ingress-nginx-controller -n ingress-nginx -p '{"spec":{"template":{"spec":{"hostNetwork":true,"nodeName":"node01"}}}}'
kubectl rollout status deployment ingress-nginx-controller -n ingress-nginx
