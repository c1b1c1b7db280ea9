# fails: by-name cluster-ip endpoints
kubectl create service externalname ${app} --external-name=example.com --tcp=${port}:80
