# fails: ports outside
kubectl expose deployment ${app} --name=${app}-front --type=NodePort --port=${port} --target-port=${targetPort}
