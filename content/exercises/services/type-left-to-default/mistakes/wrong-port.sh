# fails: ports cluster-ip by-name
kubectl expose deployment ${app} --port=8080
