# fails: service chain
ssh ${node} 'iptables-save -t nat > /root/rules'
ssh ${node} 'echo ${app}-admin > /root/service.txt'
ssh ${node} "grep -e '-A KUBE-SERVICES .*default/${app}-admin:http' /root/rules | grep -o 'KUBE-SVC-.*' > /root/chain.txt"
ssh ${node} "grep 'default/${app}-admin:http' /root/rules | grep -o 'to-destination .*' | cut -d' ' -f2 > /root/targets.txt"
