# fails: endpoint by-name
kubectl label pod ${app} app=${app}
kubectl expose pod ${app} --port=${port} --target-port=80
