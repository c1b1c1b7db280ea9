# fails: closed inside same-address
kubectl expose deployment ${app} --name=${app}-internal --port=${port} --target-port=80
