# fails: service-repaired
kubectl get deployment ${app}-${role} -o yaml | sed 's/role: ${role}/role: ${wrong}/' > deployment.yaml
kubectl replace --force -f deployment.yaml
