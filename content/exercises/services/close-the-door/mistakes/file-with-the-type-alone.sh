# fails: closed inside same-address
sed -i 's/type: NodePort/type: ClusterIP/' service.yaml
kubectl apply -f service.yaml
