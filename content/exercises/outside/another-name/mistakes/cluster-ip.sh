# fails: name traffic type
kubectl create service clusterip ${name} --tcp=80:80 --namespace=${namespace}
