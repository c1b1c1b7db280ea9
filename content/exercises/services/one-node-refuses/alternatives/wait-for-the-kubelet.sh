kubectl expose deployment ${app} --type=NodePort --port=80
kubectl patch service ${app} --type=json -p '[{"op":"replace","path":"/spec/ports/0/nodePort","value":${nodePort}}]'
ssh ${node} rm -r /run/xtables.lock
sleep 125
