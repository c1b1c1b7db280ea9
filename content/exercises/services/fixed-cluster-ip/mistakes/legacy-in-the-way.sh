# fails: address traffic ports endpoints
kubectl expose deployment ${app} --port=${port} --target-port=80 --cluster-ip=10.96.0.${host}
