kubectl get service legacy-${app} -o json | jq 'del(.spec.clusterIP) | del(.spec.clusterIPs)' > legacy.json
kubectl replace --force -f legacy.json
kubectl expose deployment ${app} --port=${port} --target-port=80 --cluster-ip=10.96.0.${host}
