kubectl expose deployment ${app} --port=${port} --target-port=8080 --type=ClusterIP
kubectl scale deployment ${app} --current-replicas=1 --replicas=${replicas}
kubectl rollout status deployment ${app}
mkdir -p /root/${base}
kubectl get svc ${app} -o custom-columns=IP:.spec.clusterIP --no-headers > /root/${base}/cluster-ip.txt
kubectl get pods -l app=${app} -o custom-columns=IP:.status.podIP --no-headers | sort > /root/${base}/endpoints.txt
IP=$(kubectl get svc ${app} -o jsonpath='{.spec.clusterIP}')
ssh ${node} "wget -qO /root/answer.txt http://$IP:${port}"
