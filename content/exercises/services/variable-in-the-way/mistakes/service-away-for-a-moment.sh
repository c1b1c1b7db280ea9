# fails: restart
kubectl get service catalog -o yaml > service.yaml
kubectl delete service catalog
kubectl rollout restart deployment catalog
kubectl rollout status deployment catalog
kubectl create -f service.yaml
