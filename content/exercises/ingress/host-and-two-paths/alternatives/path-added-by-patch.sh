kubectl create ingress ${app} --class=nginx --rule='${app}.example.com/*=${app}-web:80'
kubectl patch ingress ${app} --type=json -p '[{"op":"add","path":"/spec/rules/0/http/paths/-","value":{"path":"/${path}","pathType":"Prefix","backend":{"service":{"name":"${app}-api","port":{"number":${port}}}}}}]'
