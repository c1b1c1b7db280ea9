# fails: each-pod endpoints
kubectl create service clusterip ${app}-${suffix} --clusterip=None --tcp=80
