kubectl scale deployment/${app} --replicas=${replicas}
kubectl create service clusterip ${app} --tcp=${port}:8080
kubectl rollout status deployment/${app}
mkdir -p /root/${base}
kubectl get services | awk '$1 == "${app}" {print $3}' > /root/${base}/cluster-ip.txt
kubectl get pods -l app=${app} -o wide --no-headers | awk '{print $6}' | sort -V > /root/${base}/endpoints.txt
curl -s $(cat /root/${base}/cluster-ip.txt):${port} | ssh ${node} 'cat > /root/answer.txt'
