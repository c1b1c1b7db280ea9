# fails: traffic endpoints
kubectl delete service legacy-${app}
kubectl create service clusterip ${app} --tcp=${port}:80 --clusterip=10.96.0.${host}
kubectl set selector service ${app} app=legacy-${app}
