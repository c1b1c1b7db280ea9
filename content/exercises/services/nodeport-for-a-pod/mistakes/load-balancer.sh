# fails: type
kubectl expose pod ${app} --name=${app}-service --type=LoadBalancer --port=80
kubectl patch service ${app}-service --type=json -p '[{"op":"replace","path":"/spec/ports/0/nodePort","value":${nodePort}}]'
