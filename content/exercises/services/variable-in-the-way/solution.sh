kubectl patch deployment catalog -p '{"spec":{"template":{"spec":{"enableServiceLinks":false}}}}'
kubectl rollout status deployment catalog
