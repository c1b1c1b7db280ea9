kubectl patch service ${app}-web -p '{"metadata":{"annotations":{"metallb.io/loadBalancerIPs":"192.168.1.${wish}"}}}'
kubectl patch service ${app}-api -p '{"spec":{"loadBalancerIP":"192.168.1.239"}}' 2> warnings.txt
kubectl patch service ${app}-api -p '{"spec":{"loadBalancerIP":null}}'
kubectl patch service ${app}-mail -p '{"spec":{"type":"ClusterIP","loadBalancerClass":null}}'
kubectl patch service ${app}-mail -p '{"spec":{"type":"LoadBalancer"}}'
