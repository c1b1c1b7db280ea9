# fails: admin ports
kubectl expose deployment ${app} --port=80 --target-port=${api}
kubectl expose deployment ${app} --name=${app}-admin --port=${admin} --target-port=80
