# fails: others
kubectl annotate service ${app}-web --overwrite metallb.io/loadBalancerIPs=192.168.1.${wish}
kubectl patch service ${app}-old -p '{"spec":{"type":"ClusterIP"}}'
kubectl delete service ${app}-mail
kubectl expose deployment ${app}-mail --type=LoadBalancer --port=80
