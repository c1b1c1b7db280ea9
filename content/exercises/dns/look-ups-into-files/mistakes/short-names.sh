# fails: service pods one-pod
mkdir /root/${base}
kubectl run tmp --image=busybox:1.36 --restart=Never -- sleep 3600
kubectl wait --for=condition=Ready pod/tmp
kubectl exec tmp -- nslookup ${app} > /root/${base}/service.txt
kubectl exec tmp -- nslookup ${app}-peers > /root/${base}/pods.txt
kubectl exec tmp -- nslookup ${app}-1 > /root/${base}/one-pod.txt
