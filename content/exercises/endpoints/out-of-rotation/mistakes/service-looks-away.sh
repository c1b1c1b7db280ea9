# fails: strength alive nothing-else
kubectl label pods -l app=${app} rotation=in
kubectl label pod ${app}-${suffix} rotation-
kubectl set selector service ${app} app=${app},rotation=in
