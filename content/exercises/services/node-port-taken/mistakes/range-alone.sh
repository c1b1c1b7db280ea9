# fails: door mapping moved
sed -i 's/nodePort: ${tooLow}$/nodePort: ${nodePort}/' service.yaml
kubectl apply -f service.yaml
