kubectl create service clusterip ${app} --tcp=80
