# fails: way-back
kubectl scale deployment ${app}-green --replicas=${replicas}
kubectl set selector service ${app} app=${app},version=green
kubectl scale deployment ${app}-blue --replicas=0
