# fails: web
kubectl annotate service ${app}-web metallb.io/loadBalancerIPs-
kubectl patch service ${app}-api --type=json -p '[{"op":"remove","path":"/spec/loadBalancerIP"}]'
kubectl delete service ${app}-mail
kubectl expose deployment ${app}-mail --type=LoadBalancer --port=80
