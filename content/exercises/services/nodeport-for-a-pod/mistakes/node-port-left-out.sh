# fails: ports traffic
kubectl expose pod ${app} --name=${app}-service --type=NodePort --port=80
