# fails: one-pod
mkdir /root/${base}
nslookup ${app}.${namespace}.svc.cluster.local 10.96.0.10 > /root/${base}/service.txt
nslookup ${app}-peers.${namespace}.svc.cluster.local 10.96.0.10 > /root/${base}/pods.txt
nslookup ${app}-1.${app}.${namespace}.svc.cluster.local 10.96.0.10 > /root/${base}/one-pod.txt
