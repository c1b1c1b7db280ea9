kubectl config set-context --current --namespace=${ns}
kubectl create service clusterip ${app} --tcp=80:${port}
kubectl delete service ${app} --namespace=default
