# fails: outside endpoints way-back
kubectl scale deployment ${app}-green --replicas=${replicas}
kubectl set selector service ${app} app=${app}
