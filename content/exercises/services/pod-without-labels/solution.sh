kubectl label pod ${app} run=${app}
kubectl expose pod ${app} --port=${port} --target-port=80
