# fails: from-clients same-namespace
kubectl expose deployment ${app} -n ${ns} --port=${port}
kubectl delete service ${app}
