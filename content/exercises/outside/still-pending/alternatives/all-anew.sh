kubectl delete service ${app}-web ${app}-api ${app}-mail
kubectl expose deployment ${app}-web --type=LoadBalancer --port=80 --load-balancer-ip=192.168.1.${wish}
kubectl expose deployment ${app}-api --type=LoadBalancer --port=80
kubectl expose deployment ${app}-mail --type=LoadBalancer --port=80
