kubectl create ingress ${app} --class=nginx --rule='${app}.example.com/${path}/*=${app}-api:${port}' --rule='${app}.example.com/*=${app}-web:80' --annotation=made=by-hand
