# fails: type ports
kubectl expose deployment ${app} --port=80 --type=NodePort
