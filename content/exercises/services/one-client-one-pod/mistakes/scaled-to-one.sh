# fails: pod node timeout
kubectl scale deployment ${app} --replicas=1
