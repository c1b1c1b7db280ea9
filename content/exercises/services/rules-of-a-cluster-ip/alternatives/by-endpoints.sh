ssh ${node} 'printf ${app} > /root/service.txt'
ssh ${node} iptables-save -t nat > rules.txt
awk '/-A KUBE-SERVICES/ && /${clusterIP}/ && /dport ${port} / {print $NF}' rules.txt | ssh ${node} 'cat > /root/chain.txt'
for sep in $(grep -e "-A $(ssh ${node} cat /root/chain.txt) " rules.txt | grep -o 'KUBE-SEP-.*'); do
  grep -e "-A $sep .*DNAT" rules.txt | awk '{print $NF}'
done | ssh ${node} 'cat > /root/targets.txt'
