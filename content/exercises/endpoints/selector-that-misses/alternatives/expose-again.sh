kubectl delete service ${app}
kubectl expose deployment ${app}-${role} --name=${app} --port=${port} --target-port=80
