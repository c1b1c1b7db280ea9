# fails: endpoints
kubectl expose deployment ${app} --port=${port} --target-port=8080
kubectl scale deployment ${app} --replicas=${replicas}
kubectl rollout status deployment ${app}
mkdir /root/${base}
kubectl get service ${app} -o jsonpath='{.spec.clusterIP}' > /root/${base}/cluster-ip.txt
kubectl get endpoints ${app} --no-headers | awk '{print $2}' > /root/${base}/endpoints.txt
ssh ${node} "curl -s $(cat /root/${base}/cluster-ip.txt):${port} > /root/answer.txt"
