# fails: still-a-name
kubectl patch deployment ${app} --type=json -p '[{"op":"replace","path":"/spec/template/spec/containers/0/ports/1/name","value":"${wrong}"}]'
kubectl rollout status deployment ${app}
