# fails: endpoints service-repaired
kubectl scale deployment ${app}-${role} --replicas=1
kubectl set selector service ${app} role=${role}
