kubectl patch deployment ${app} --type=json -p '[{"op":"replace","path":"/spec/template/spec/containers/0/command/5","value":"0.0.0.0"}]'
kubectl rollout status deployment ${app}
