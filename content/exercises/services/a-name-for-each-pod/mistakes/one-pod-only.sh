# fails: each-pod endpoints
kubectl expose pod ${app}-0 --name=${app}-${suffix} --port=80 --cluster-ip=None
