# fails: no-copy
kubectl create deployment ${app} -n ${near} --image=nginx --replicas=2
kubectl expose deployment ${app} -n ${near} --port=80
kubectl rollout restart deployment ${client} -n ${near}
kubectl rollout status deployment ${client} -n ${near}
