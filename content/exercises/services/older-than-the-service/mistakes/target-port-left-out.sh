# fails: answer ports
kubectl expose deployment ledger --port=1${port}
kubectl rollout restart deployment shop
kubectl rollout status deployment shop
