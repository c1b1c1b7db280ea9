# fails: from-clients same-namespace endpoints moved
kubectl expose deployment ${app} -n ${ns} --name=${app}-svc --port=80 --target-port=${port}
kubectl delete service ${app}
