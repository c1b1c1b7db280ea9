# fails: ready peers clients
kubectl rollout restart statefulset ${app}
kubectl rollout status statefulset ${app} --timeout=30s
