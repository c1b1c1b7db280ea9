mkdir -p /root/${base}
kubectl -n ${namespace} run tools --image=nicolaka/netshoot --restart=Never -- sleep 3600
kubectl -n ${namespace} wait --for=condition=Ready pod/tools --timeout=60s
kubectl -n ${namespace} exec tools -- dig +search ${app} > /root/${base}/service.txt
kubectl -n ${namespace} exec tools -- dig +search ${app}-peers > /root/${base}/pods.txt
kubectl -n ${namespace} exec tools -- dig +search ${app}-1.${app}-peers | tee /root/${base}/one-pod.txt
