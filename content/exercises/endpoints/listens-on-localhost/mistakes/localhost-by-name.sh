# fails: outside inside same-server
kubectl patch deployment ${app} --type=json -p '[{"op":"replace","path":"/spec/template/spec/containers/0/command/5","value":"localhost"}]'
kubectl rollout status deployment ${app}
