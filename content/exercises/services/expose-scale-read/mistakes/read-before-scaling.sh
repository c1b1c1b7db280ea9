# fails: endpoints
kubectl expose deployment ${app} --port=${port} --target-port=8080
sleep 2
mkdir /root/${base}
kubectl get service ${app} -o jsonpath='{.spec.clusterIP}' > /root/${base}/cluster-ip.txt
kubectl get endpointslices -l kubernetes.io/service-name=${app} -o jsonpath='{range .items[*].endpoints[*]}{.addresses[0]}{"\n"}{end}' | sort > /root/${base}/endpoints.txt
ssh ${node} "curl -s $(cat /root/${base}/cluster-ip.txt):${port} > /root/answer.txt"
kubectl scale deployment ${app} --replicas=${replicas}
kubectl rollout status deployment ${app}
