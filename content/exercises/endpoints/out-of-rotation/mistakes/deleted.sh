# fails: strength alive nothing-else
kubectl delete pod ${app}-${suffix}
