# fails: endpoints way-back
kubectl scale deployment ${app}-green --replicas=1
kubectl set selector service ${app} app=${app},version=green
