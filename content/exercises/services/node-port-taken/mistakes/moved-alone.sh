# fails: door mapping
kubectl -n ${namespace} patch service ${other} --type=json -p '[{"op":"replace","path":"/spec/ports/0/nodePort","value":${moved}}]'
kubectl apply -f service.yaml
