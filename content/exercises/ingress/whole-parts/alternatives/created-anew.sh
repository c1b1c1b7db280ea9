kubectl delete ingress ${app}
kubectl create ingress ${app} --class=nginx --rule='${app}.example.com/*=${app}-web:80' --rule='${app}.example.com/${tree}*=${app}-${tree}:80' --rule='${app}.example.com/${leaf}=${app}-${leaf}:80'
