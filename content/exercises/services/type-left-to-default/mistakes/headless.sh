# fails: cluster-ip
kubectl expose deployment ${app} --port=80 --cluster-ip=None
