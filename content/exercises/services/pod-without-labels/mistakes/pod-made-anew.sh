# fails: same-pod
kubectl delete pod ${app}
kubectl run ${app} --image=nginx --port=80
kubectl wait --for=condition=Ready pod/${app} --timeout=60s
kubectl expose pod ${app} --port=${port} --target-port=80
