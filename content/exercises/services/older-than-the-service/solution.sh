kubectl expose deployment ledger --port=${port} --target-port=${target}
kubectl rollout restart deployment shop
kubectl rollout status deployment shop
