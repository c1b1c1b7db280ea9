kubectl expose pod ${app} --name=${app}-service --type=NodePort --port=80 --dry-run=client -o yaml > service.yaml
sed -i 's/^  - port: 80$/  - port: 80\n    nodePort: ${nodePort}/' service.yaml
kubectl create -f service.yaml
