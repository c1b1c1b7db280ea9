kubectl get deployment ${app} -o yaml | sed 's/127\.0\.0\.1/0.0.0.0/' > deployment.yaml
kubectl delete deployment ${app}
kubectl create -f deployment.yaml
