kubectl get deployment ${app} -o yaml > deployment.yaml
sed -i -e 's|path: ${path}|path: /|' -e 's|port: ${port}|port: 80|' deployment.yaml
kubectl replace --force -f deployment.yaml
