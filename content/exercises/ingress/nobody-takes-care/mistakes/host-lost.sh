# fails: public-rule
kubectl delete ingress ${app}
kubectl create ingress ${app} --class=nginx --rule='/*=${app}:80'
kubectl patch ingress ${app}-staff -p '{"spec":{"ingressClassName":"nginx"}}'
