kubectl create service clusterip ${app} --tcp=80:${api} --tcp=${admin}:80
