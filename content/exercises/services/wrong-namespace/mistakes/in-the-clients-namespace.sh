# fails: from-clients same-namespace endpoints moved
kubectl create service clusterip ${app} -n ${client} --tcp=80:${port}
kubectl delete service ${app}
