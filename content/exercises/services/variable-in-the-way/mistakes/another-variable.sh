# fails: by-name restart as-they-were
kubectl set env deployment/catalog PORT=${target}
