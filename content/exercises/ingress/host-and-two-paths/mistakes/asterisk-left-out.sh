# fails: api
kubectl create ingress ${app} --class=nginx --rule='${app}.example.com/*=${app}-web:80' --rule='${app}.example.com/${path}=${app}-api:${port}'
