# fails: service chain targets
iptables-save -t nat > /root/rules
echo ${app} > /root/service.txt
grep -e '-A KUBE-SERVICES -d ${clusterIP}/32 .*--dport ${port} ' /root/rules | grep -o 'KUBE-SVC-.*' > /root/chain.txt
grep 'default/${app}:http' /root/rules | grep -o 'to-destination .*' | cut -d' ' -f2 > /root/targets.txt
