# fails: answers
# ✎ a near miss
kubectl create service clusterip ${app} --tcp=80
kubectl set selector service ${app} app=${app}-web
