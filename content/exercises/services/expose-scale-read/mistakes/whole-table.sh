# fails: cluster-ip endpoints
kubectl expose deployment ${app} --port=${port} --target-port=8080
kubectl scale deployment ${app} --replicas=${replicas}
kubectl rollout status deployment ${app}
mkdir /root/${base}
kubectl get service ${app} > /root/${base}/cluster-ip.txt
kubectl get pods -l app=${app} -o wide > /root/${base}/endpoints.txt
ssh ${node} "curl -s $(kubectl get service ${app} -o jsonpath='{.spec.clusterIP}'):${port} > /root/answer.txt"
