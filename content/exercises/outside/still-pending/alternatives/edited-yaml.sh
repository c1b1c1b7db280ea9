kubectl get service ${app}-web -o yaml | sed 's/192.168.100.${wish}/192.168.1.${wish}/' | kubectl replace -f -
kubectl get service ${app}-api -o yaml | sed '/loadBalancerIP:/d' | kubectl replace -f -
kubectl get service ${app}-mail -o yaml | sed '/loadBalancerClass:/d' > mail.yaml
kubectl replace --force -f mail.yaml
