kubectl expose pod ${app} --port=${port} --target-port=80 --selector=site=${app}
kubectl label pod/${app} site=${app}
