# fails: answer
kubectl expose deployment ledger --port=${port} --target-port=${target} --cluster-ip=None
kubectl rollout restart deployment shop
kubectl rollout status deployment shop
