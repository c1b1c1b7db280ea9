kubectl get service ${app} -o yaml | sed 's/role: ${wrong}/role: ${role}/' > service.yaml
kubectl replace -f service.yaml
