# fails: traffic ports
kubectl delete service legacy-${app}
kubectl expose deployment ${app} --port=${port} --cluster-ip=10.96.0.${host}
