kubectl expose deployment ledger --type=NodePort --port=${port} --target-port=${target}
kubectl rollout restart deployment/shop
kubectl rollout status deployment/shop
