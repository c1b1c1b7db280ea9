# fails: by-name restart as-they-were
kubectl rollout restart deployment catalog
