# fails: front page prefix
kubectl create ingress ${app} --class=nginx --rule='${app}.example.com/${prefix}*=${app}:80'
