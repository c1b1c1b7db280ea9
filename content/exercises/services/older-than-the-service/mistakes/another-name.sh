# fails: answer ports endpoints
kubectl expose deployment ledger --name=ledger-service --port=${port} --target-port=${target}
kubectl rollout restart deployment shop
kubectl rollout status deployment shop
