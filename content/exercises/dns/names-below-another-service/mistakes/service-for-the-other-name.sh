# fails: names set service
kubectl create service clusterip ${app}-${wrong} --clusterip=None --tcp=80
kubectl set selector service ${app}-${wrong} app=${app}
