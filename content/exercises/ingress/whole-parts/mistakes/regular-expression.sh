# fails: leaf rest
kubectl annotate ingress ${app} nginx.ingress.kubernetes.io/use-regex=true
kubectl patch ingress ${app} --type=json -p '[{"op":"replace","path":"/spec/rules/0/http/paths/1/pathType","value":"ImplementationSpecific"},{"op":"replace","path":"/spec/rules/0/http/paths/2/pathType","value":"ImplementationSpecific"}]'
