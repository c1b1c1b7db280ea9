# fails: leaf
kubectl patch ingress ${app} --type=json -p '[{"op":"replace","path":"/spec/rules/0/http/paths/1/pathType","value":"Prefix"}]'
