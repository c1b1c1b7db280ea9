kubectl get ingress ${app} ${app}-staff -o json | jq '.items[].spec.ingressClassName = "nginx"' > both.json
kubectl replace -f both.json
