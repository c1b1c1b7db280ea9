kubectl create service clusterip ledger --tcp=${port}:${target}
kubectl scale deployment shop --replicas=0
kubectl wait --for=delete pod -l app=shop --timeout=60s
kubectl scale deployment shop --replicas=${replicas}
kubectl rollout status deployment shop
