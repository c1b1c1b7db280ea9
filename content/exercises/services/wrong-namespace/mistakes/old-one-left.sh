# fails: moved
kubectl expose deployment ${app} -n ${ns} --port=80 --target-port=${port}
