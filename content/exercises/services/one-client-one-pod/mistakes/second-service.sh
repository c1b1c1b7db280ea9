# fails: pod node timeout
kubectl expose deployment ${app} --name=${app}-sticky --port=80 --session-affinity=ClientIP
