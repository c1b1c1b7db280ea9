# fails: inside same-address
kubectl delete service ${app}
