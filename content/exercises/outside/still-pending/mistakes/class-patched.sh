# fails: mail
kubectl annotate service ${app}-web --overwrite metallb.io/loadBalancerIPs=192.168.1.${wish}
kubectl patch service ${app}-api -p '{"spec":{"loadBalancerIP":null}}'
kubectl patch service ${app}-mail -p '{"spec":{"loadBalancerClass":"metallb"}}'
