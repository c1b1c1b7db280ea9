# fails: api admin ports
kubectl create service clusterip ${app} --tcp=80:80 --tcp=${admin}:${api}
