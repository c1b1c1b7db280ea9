# fails: outside inside same-server
kubectl patch service ${app} --type=json -p '[{"op":"replace","path":"/spec/ports/0/targetPort","value":80}]'
