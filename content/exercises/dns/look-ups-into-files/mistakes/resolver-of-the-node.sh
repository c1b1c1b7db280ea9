# fails: service pods one-pod
mkdir /root/${base}
nslookup ${app}.${namespace}.svc.cluster.local > /root/${base}/service.txt
nslookup ${app}-peers.${namespace}.svc.cluster.local > /root/${base}/pods.txt
nslookup ${app}-1.${app}-peers.${namespace}.svc.cluster.local > /root/${base}/one-pod.txt
