mkdir /root/${base}
kubectl run tmp --image=busybox:1.36 --restart=Never -- sleep 3600
kubectl wait --for=condition=Ready pod/tmp
kubectl exec tmp -- nslookup ${app}.${namespace}.svc.cluster.local > /root/${base}/service.txt
kubectl exec tmp -- nslookup ${app}-peers.${namespace}.svc.cluster.local > /root/${base}/pods.txt
kubectl exec tmp -- nslookup ${app}-1.${app}-peers.${namespace}.svc.cluster.local > /root/${base}/one-pod.txt
