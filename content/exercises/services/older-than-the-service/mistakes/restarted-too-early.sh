# fails: answer
kubectl rollout restart deployment shop
kubectl rollout status deployment shop
kubectl expose deployment ledger --port=${port} --target-port=${target}
