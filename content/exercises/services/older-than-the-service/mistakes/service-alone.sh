# fails: answer
kubectl expose deployment ledger --port=${port} --target-port=${target}
