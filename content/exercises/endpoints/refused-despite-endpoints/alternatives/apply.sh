kubectl get service ${app} -o yaml > service.yaml
sed -i 's/targetPort: ${wrong}$/targetPort: ${real}/' service.yaml
kubectl apply -f service.yaml 2> /dev/null
