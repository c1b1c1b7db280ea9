# fails: staff staff-rule
kubectl patch ingress ${app} -p '{"spec":{"ingressClassName":"nginx"}}'
