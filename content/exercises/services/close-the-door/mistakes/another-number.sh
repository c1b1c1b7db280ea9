# fails: inside same-address
kubectl apply -f service.yaml
