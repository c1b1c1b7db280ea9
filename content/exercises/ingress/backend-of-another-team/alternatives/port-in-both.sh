kubectl delete service ${service} -n ${app}
kubectl create service externalname ${service} -n ${app} --external-name=${service}.${team}.svc.cluster.local --tcp=${port}:${port}
kubectl patch ingress ${app} -n ${app} --type=json -p '[{"op":"replace","path":"/spec/rules/0/http/paths/1/backend/service/port/number","value":${port}}]'
