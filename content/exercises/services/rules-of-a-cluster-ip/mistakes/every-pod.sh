# fails: chain targets
ssh ${node} 'echo ${app} > /root/service.txt'
kubectl get pods -l app=${app} -o jsonpath='{range .items[*]}{.status.podIP}:80{"\n"}{end}' | ssh ${node} 'cat > /root/targets.txt'
