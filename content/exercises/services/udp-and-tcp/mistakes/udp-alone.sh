# fails: tcp
kubectl patch service ${app} --type=json -p '[{"op":"replace","path":"/spec/ports/0/protocol","value":"UDP"}]'
