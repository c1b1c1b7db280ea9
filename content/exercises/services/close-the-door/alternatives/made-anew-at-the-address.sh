kubectl delete service ${app}
kubectl expose deployment ${app} --port=${port} --target-port=80 --cluster-ip=${clusterIP}
