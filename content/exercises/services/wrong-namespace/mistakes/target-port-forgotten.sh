# fails: from-clients same-namespace
kubectl expose deployment ${app} -n ${ns} --port=80
kubectl delete service ${app}
