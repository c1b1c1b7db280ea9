kubectl -n ${namespace} patch service ${other} --type=json -p '[{"op":"replace","path":"/spec/ports/0/nodePort","value":${moved}}]'
sed -i 's/nodePort: ${tooLow}$/nodePort: ${nodePort}/' service.yaml
kubectl apply -f service.yaml
