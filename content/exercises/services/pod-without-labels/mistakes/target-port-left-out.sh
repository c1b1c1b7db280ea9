# fails: by-name same-pod
kubectl label pod ${app} run=${app}
kubectl expose pod ${app} --port=${port}
