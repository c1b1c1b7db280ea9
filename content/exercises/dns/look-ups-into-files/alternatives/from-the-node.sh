mkdir /root/${base} && cd /root/${base}
nslookup ${app}.${namespace}.svc.cluster.local 10.96.0.10 > service.txt
nslookup ${app}-peers.${namespace}.svc.cluster.local 10.96.0.10 > pods.txt
nslookup ${app}-1.${app}-peers.${namespace}.svc.cluster.local 10.96.0.10 > one-pod.txt
