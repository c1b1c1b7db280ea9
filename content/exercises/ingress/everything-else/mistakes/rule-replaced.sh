# fails: kept
kubectl delete ingress ${app}
kubectl create ingress ${app} --class=nginx --rule='${app}.example.com/*=${rest}:80' --rule='/*=${rest}:80'
