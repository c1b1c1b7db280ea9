kubectl create ingress ${app} --class=nginx --rule='${app}.example.com/=${app}-web:80' --rule='${app}.example.com/${path}=${app}-api:${port}' --dry-run=client -o yaml > ingress.yaml
sed -i 's/pathType: Exact/pathType: Prefix/' ingress.yaml
kubectl apply -f ingress.yaml
