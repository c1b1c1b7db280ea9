# fails: endpoint by-name
kubectl expose pod ${app}-trial --name=${app} --port=${port} --target-port=80
