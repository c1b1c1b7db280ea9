# fails: by-name restart as-they-were
kubectl expose deployment catalog --name=catalog-web --port=${port} --target-port=${target}
kubectl delete service catalog
kubectl rollout restart deployment catalog
kubectl rollout status deployment catalog
