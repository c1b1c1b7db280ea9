# fails: strength nothing-else
kubectl label pod ${app}-${suffix} app-
kubectl scale replicaset ${app} --replicas=$((${replicas}+1))
