# fails: strength
kubectl label pod ${app}-${suffix} tier-
