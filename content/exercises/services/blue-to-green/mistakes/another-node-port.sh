# fails: outside
kubectl scale deployment ${app}-green --replicas=${replicas}
kubectl delete service ${app}
kubectl create service nodeport ${app} --tcp=80 --node-port=30005
kubectl set selector service ${app} app=${app},version=green
