# fails: pods
mkdir /root/${base}
nslookup ${app}.${namespace}.svc.cluster.local 10.96.0.10 > /root/${base}/service.txt
nslookup ${app}-peers.${namespace}.svc.cluster.local 10.96.0.10 | head -6 > /root/${base}/pods.txt
nslookup ${app}-1.${app}-peers.${namespace}.svc.cluster.local 10.96.0.10 > /root/${base}/one-pod.txt
