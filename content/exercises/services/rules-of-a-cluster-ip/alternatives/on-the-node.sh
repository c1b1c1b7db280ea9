ssh ${node} <<'EOF'
iptables -t nat -L KUBE-SERVICES -n | grep ${clusterIP} | awk '/dpt:${port}$/ {print $1}' > chain.txt
iptables-save | grep -e "-A $(cat chain.txt) .*KUBE-SEP" | grep -o '[0-9.]*:80"' | tr -d '"' > targets.txt
iptables-save | grep -e '-d ${clusterIP}/32' | grep -o 'default/[a-z-]*' | sort -u | cut -d/ -f2 > service.txt
EOF
