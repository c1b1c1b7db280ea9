# fails: names
kubectl get statefulset ${app} -o yaml | sed 's/serviceName: ${app}-${wrong}/serviceName: ${app}-peers/' > ${app}.yaml
kubectl delete statefulset ${app} --cascade=orphan
kubectl create -f ${app}.yaml
