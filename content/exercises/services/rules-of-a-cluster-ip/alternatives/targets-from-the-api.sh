kubectl get services --no-headers | awk '$3 == "${clusterIP}" {print $1}' | ssh ${node} 'cat > /root/service.txt'
kubectl get endpointslices -l kubernetes.io/service-name=${app} -o json | jq -r '.items[].endpoints[] | select(.conditions.ready) | .addresses[0] + ":80"' | ssh ${node} 'cat > /root/targets.txt'
ssh ${node} iptables-save | grep -e 'KUBE-SERVICES -d ${clusterIP}/32' | grep ':http' | sed 's/.*-j //' | ssh ${node} 'cat > /root/chain.txt'
