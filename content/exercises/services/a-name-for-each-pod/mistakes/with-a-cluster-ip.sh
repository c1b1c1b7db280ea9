# fails: headless
kubectl expose service ${app} --name=${app}-${suffix} --port=80
