kubectl create service clusterip ${app}-${suffix} --clusterip=None --tcp=80
kubectl set selector service ${app}-${suffix} app=${app}
