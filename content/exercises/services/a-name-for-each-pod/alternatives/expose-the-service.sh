kubectl expose service ${app} --name=${app}-${suffix} --port=80 --cluster-ip=None
