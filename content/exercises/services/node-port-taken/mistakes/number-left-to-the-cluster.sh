# fails: door mapping moved
kubectl expose deployment ${app} --type=NodePort --port=80
