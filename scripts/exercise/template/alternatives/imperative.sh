# ✎ another right way
kubectl create service clusterip ${app} --tcp=80
