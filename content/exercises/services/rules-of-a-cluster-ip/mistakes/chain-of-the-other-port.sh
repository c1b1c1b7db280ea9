# fails: chain
ssh ${node} 'iptables-save -t nat > /root/rules'
ssh ${node} 'echo ${app} > /root/service.txt'
ssh ${node} "grep -e '-A KUBE-SERVICES -d ${clusterIP}/32 .*--dport ${admin} ' /root/rules | grep -o 'KUBE-SVC-.*' > /root/chain.txt"
ssh ${node} "grep 'default/${app}:http' /root/rules | grep -o 'to-destination .*' | cut -d' ' -f2 > /root/targets.txt"
