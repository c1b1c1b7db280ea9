# fails: address traffic
kubectl delete service legacy-${app}
kubectl expose deployment ${app} --port=${port} --target-port=80
