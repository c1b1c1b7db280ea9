# fails: each-pod headless endpoints
kubectl expose service ${app} --name=${app}-headless --port=80 --cluster-ip=None
