kubectl delete service ${service} -n ${app}
kubectl create service externalname ${service} -n ${app} --external-name=${service}.${team}.svc.cluster.local
kubectl get ingress ${app} -n ${app} -o json | jq '.spec.rules[0].http.paths[1].backend.service.port.number = ${port}' > ingress.json
kubectl replace -f ingress.json
