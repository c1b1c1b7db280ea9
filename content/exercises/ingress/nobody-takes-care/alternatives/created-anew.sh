kubectl delete ingress ${app} ${app}-staff
kubectl create ingress ${app} --class=nginx --rule='${app}.example.com/*=${app}:80'
kubectl create ingress ${app}-staff --class=nginx --rule='staff.${app}.example.com/*=${app}-staff:80'
