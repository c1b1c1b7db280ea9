kubectl expose service ${app} --name=${app}-${suffix} --port=80 --dry-run=client -o yaml > service.yaml
sed -i 's/^spec:$/spec:\n  clusterIP: None/' service.yaml
kubectl create -f service.yaml
