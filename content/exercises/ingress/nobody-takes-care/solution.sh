kubectl patch ingress ${app} -p '{"spec":{"ingressClassName":"nginx"}}'
kubectl patch ingress ${app}-staff -p '{"spec":{"ingressClassName":"nginx"}}'
