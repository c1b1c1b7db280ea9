# fails: mail
kubectl annotate service ${app}-web --overwrite metallb.io/loadBalancerIPs=192.168.1.${wish}
kubectl patch service ${app}-api --type=json -p '[{"op":"remove","path":"/spec/loadBalancerIP"}]'
sleep 5
kubectl patch service ${app}-mail --subresource=status -p '{"status":{"loadBalancer":{"ingress":[{"ip":"192.168.1.239"}]}}}'
