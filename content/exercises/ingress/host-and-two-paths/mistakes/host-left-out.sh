# fails: host
kubectl create ingress ${app} --class=nginx --rule='/*=${app}-web:80' --rule='/${path}*=${app}-api:${port}'
