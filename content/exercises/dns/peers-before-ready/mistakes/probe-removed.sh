# fails: ready peers
kubectl patch statefulset ${app} --type=json -p '[{"op":"remove","path":"/spec/template/spec/containers/0/readinessProbe"}]'
kubectl delete pod -l app=${app}
kubectl rollout status statefulset ${app} --timeout=60s
