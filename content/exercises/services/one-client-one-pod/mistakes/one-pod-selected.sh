# fails: pod node timeout
kubectl label $(kubectl get pods -l app=${app} -o name | head -1) only=me
kubectl set selector service ${app} app=${app},only=me
