# fails: strength alive nothing-else
kubectl label pod ${app}-${suffix} debug=true
