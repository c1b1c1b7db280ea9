kubectl label pod ${app} app=${app} stage=live
kubectl create service clusterip ${app} --tcp=${port}:80
kubectl set selector service ${app} app=${app},stage=live
