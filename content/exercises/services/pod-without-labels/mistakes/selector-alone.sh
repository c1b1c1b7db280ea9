# fails: endpoint by-name
kubectl expose pod ${app} --port=${port} --target-port=80 --selector=run=${app}
