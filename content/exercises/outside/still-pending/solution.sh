kubectl annotate service ${app}-web --overwrite metallb.io/loadBalancerIPs=192.168.1.${wish}
kubectl patch service ${app}-api --type=json -p '[{"op":"remove","path":"/spec/loadBalancerIP"}]'
kubectl delete service ${app}-mail
kubectl expose deployment ${app}-mail --type=LoadBalancer --port=80
