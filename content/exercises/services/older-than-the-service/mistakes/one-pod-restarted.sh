# fails: answer
kubectl expose deployment ledger --port=${port} --target-port=${target}
kubectl delete $(kubectl get pods -l app=shop -o name | head -1)
kubectl rollout status deployment shop
