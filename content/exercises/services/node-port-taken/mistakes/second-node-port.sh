# fails: door mapping
kubectl -n ${namespace} expose deployment ${other} --name=${other}-moved --type=NodePort --port=80
kubectl -n ${namespace} patch service ${other}-moved --type=json -p '[{"op":"replace","path":"/spec/ports/0/nodePort","value":${moved}}]'
sed -i 's/nodePort: ${tooLow}$/nodePort: ${nodePort}/' service.yaml
kubectl apply -f service.yaml
