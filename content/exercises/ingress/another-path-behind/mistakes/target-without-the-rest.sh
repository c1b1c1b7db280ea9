# fails: page prefix
kubectl create ingress ${app} --class=nginx --rule='${app}.example.com/${prefix}*=${app}:80' --annotation=nginx.ingress.kubernetes.io/rewrite-target=/
