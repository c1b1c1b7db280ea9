kubectl expose deployment ${app} --name=${app}-front --type=NodePort --port=${port} --target-port=${targetPort}
kubectl patch service ${app}-front --type=json -p '[{"op":"replace","path":"/spec/ports/0/nodePort","value":${nodePort}}]'
