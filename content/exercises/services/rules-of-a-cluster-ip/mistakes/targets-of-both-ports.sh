# fails: chain targets
ssh ${node} 'iptables-save -t nat > /root/rules'
ssh ${node} 'echo ${app} > /root/service.txt'
ssh ${node} "grep -e '-A KUBE-SERVICES -d ${clusterIP}/32 ' /root/rules | grep -o 'KUBE-SVC-.*' > /root/chain.txt"
ssh ${node} "grep 'default/${app}:' /root/rules | grep -o 'to-destination .*' | cut -d' ' -f2 > /root/targets.txt"
