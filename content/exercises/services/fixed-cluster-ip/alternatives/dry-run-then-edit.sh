kubectl create service clusterip ${app} --tcp=${port}:80 --dry-run=client -o yaml | sed 's/^  type: ClusterIP/  type: ClusterIP\n  clusterIP: 10.96.0.${host}/' > service.yaml
kubectl delete service legacy-${app}
kubectl create -f service.yaml
