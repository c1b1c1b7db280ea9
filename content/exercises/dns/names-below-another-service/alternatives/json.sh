kubectl get statefulset ${app} -o json | jq '.spec.serviceName = "${app}-peers"' > ${app}.json
kubectl delete -f ${app}.json
kubectl create -f ${app}.json
kubectl rollout status statefulset ${app}
