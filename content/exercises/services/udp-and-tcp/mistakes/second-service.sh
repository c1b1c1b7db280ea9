# fails: udp tcp address
kubectl expose deployment ${app} --name=${app}-udp --port=53 --target-port=${target} --protocol=UDP
