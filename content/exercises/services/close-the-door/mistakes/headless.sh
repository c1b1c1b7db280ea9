# fails: inside same-address
kubectl delete service ${app}
kubectl expose deployment ${app} --port=${port} --target-port=8080 --cluster-ip=None
