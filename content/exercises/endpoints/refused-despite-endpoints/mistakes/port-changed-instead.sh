# fails: by-name by-address ports
kubectl patch service ${app} --type=json -p '[{"op":"replace","path":"/spec/ports/0/port","value":${real}}]'
