kubectl get statefulset ${app} -o yaml > ${app}.yaml
sed -i 's/serviceName: ${app}-${wrong}/serviceName: ${app}-peers/' ${app}.yaml
kubectl replace --force -f ${app}.yaml
kubectl rollout status statefulset ${app}
