KUBE_EDITOR="sed -i 's/nodePort: ${nodePort}/nodePort: ${moved}/'" kubectl -n ${namespace} edit service ${other}
kubectl expose deployment ${app} --type=NodePort --port=80
kubectl patch service ${app} --type=json -p '[{"op":"replace","path":"/spec/ports/0/nodePort","value":${nodePort}}]'
