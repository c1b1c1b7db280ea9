# fails: by-name endpoints service-repaired
kubectl set selector service ${app} app=${app}
