kubectl scale deployment ${app}-green --replicas=${replicas}
kubectl rollout status deployment ${app}-green
kubectl set selector service ${app} app=${app},version=green
