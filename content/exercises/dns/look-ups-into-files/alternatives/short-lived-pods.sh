mkdir -p /root/${base}
kubectl run one --image=busybox:1.36 --restart=Never --rm -i -- nslookup ${app}.${namespace}.svc.cluster.local > /root/${base}/service.txt
kubectl run two --image=busybox:1.36 --restart=Never --rm -i -- nslookup ${app}-peers.${namespace}.svc.cluster.local > /root/${base}/pods.txt
kubectl run three --image=busybox:1.36 --restart=Never --rm -i -- nslookup ${app}-1.${app}-peers.${namespace}.svc.cluster.local > /root/${base}/one-pod.txt
