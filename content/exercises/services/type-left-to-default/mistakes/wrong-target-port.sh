# fails: ports cluster-ip by-name
kubectl expose deployment ${app} --port=80 --target-port=8080
