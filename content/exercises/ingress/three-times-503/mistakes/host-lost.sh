# fails: host
kubectl delete ingress ${app}
kubectl create ingress ${app} --class=nginx --rule='/*=${app}-home:80' --rule='/search*=${app}-search:80' --rule='/faq*=${app}-faq:80'
kubectl set selector service ${app}-faq app=${app}-faq,tier=${label}
