# fails: paths kept
kubectl patch ingress ${app} --type=json -p '[{"op":"add","path":"/spec/rules/0/http/paths/-","value":{"path":"/","pathType":"Exact","backend":{"service":{"name":"${rest}","port":{"number":80}}}}}]'
kubectl create ingress anything --class=nginx --rule='/*=${rest}:80'
