# fails: ready peers clients
kubectl delete service ${app}-peers
kubectl create service clusterip ${app}-peers --tcp=80
kubectl patch service ${app}-peers -p '{"spec":{"selector":{"app":"${app}"}}}'
