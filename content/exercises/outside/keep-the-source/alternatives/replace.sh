kubectl get service ${app} -o yaml > service.yaml
sed -i 's/externalTrafficPolicy: Cluster/externalTrafficPolicy: Local/' service.yaml
kubectl replace -f service.yaml
