kubectl get statefulset ${app} -o yaml | sed 's/serviceName: ${app}-${wrong}/serviceName: ${app}-peers/' > ${app}.yaml
kubectl delete statefulset ${app} --cascade=orphan
kubectl create -f ${app}.yaml
for pod in $(kubectl get pods -l app=${app} -o name); do
  kubectl delete $pod
  kubectl rollout status statefulset ${app}
done
