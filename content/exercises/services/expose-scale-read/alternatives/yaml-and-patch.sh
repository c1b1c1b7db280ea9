cat <<EOF | kubectl apply -f -
apiVersion: v1
kind: Service
metadata: { name: ${app} }
spec:
  selector: { app: ${app} }
  ports: [{ name: http, port: ${port}, targetPort: 8080 }]
EOF
kubectl patch deployment ${app} -p '{"spec":{"replicas":${replicas}}}'
kubectl wait deployment/${app} --for=jsonpath='{.status.readyReplicas}'=${replicas} --timeout=60s
mkdir -p /root/${base} && cd /root/${base}
kubectl get service ${app} -o json | jq -r .spec.clusterIP > cluster-ip.txt
kubectl get endpoints ${app} -o json | jq -r '.subsets[].addresses[].ip' | sort > endpoints.txt
IP=$(cat cluster-ip.txt)
ssh ${node} "curl -sv http://$IP:${port}/" 2>/dev/null > answer.txt
ssh ${node} 'cat > /root/answer.txt' < answer.txt
