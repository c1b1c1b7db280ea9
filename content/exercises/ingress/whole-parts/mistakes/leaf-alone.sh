# fails: tree rest
kubectl patch ingress ${app} --type=json -p '[{"op":"replace","path":"/spec/rules/0/http/paths/2/pathType","value":"Exact"}]'
