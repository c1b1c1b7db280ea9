kubectl delete ingress ${app}
kubectl create ingress ${app} --class=nginx --rule='${app}.example.com/*=${app}-home:80' --rule='${app}.example.com/search*=${app}-search:80' --rule='${app}.example.com/faq*=${app}-faq:80'
kubectl delete service ${app}-faq
kubectl expose deployment ${app}-faq --port=80 --target-port=8080
