# fails: site api host class
kubectl create ingress ${app} --rule='${app}.example.com/*=${app}-web:80' --rule='${app}.example.com/${path}*=${app}-api:${port}'
