kubectl expose deployment ledger --port=${port} --target-port=${target}
kubectl set env deployment/shop LEDGER_SERVICE_HOST=ledger LEDGER_SERVICE_PORT=${port}
kubectl rollout status deployment shop
