# fails: names set service
kubectl get statefulset ${app} -o yaml > ${app}.yaml
sed -i -e 's/serviceName: ${app}-${wrong}/serviceName: ${app}-peers/' -e 's/^  replicas: ${replicas}$/  replicas: 1/' ${app}.yaml
kubectl replace --force -f ${app}.yaml
kubectl rollout status statefulset ${app}
