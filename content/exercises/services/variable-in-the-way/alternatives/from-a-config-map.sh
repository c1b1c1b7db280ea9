kubectl create configmap catalog --from-literal=CATALOG_PORT=${target}
kubectl set env deployment/catalog --from=configmap/catalog
kubectl rollout status deployment catalog
