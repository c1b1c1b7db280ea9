kubectl set env deployment/catalog CATALOG_PORT=${target}
kubectl rollout status deployment catalog
