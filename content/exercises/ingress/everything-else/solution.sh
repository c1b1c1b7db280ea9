kubectl patch ingress ${app} -p '{"spec":{"defaultBackend":{"service":{"name":"${rest}","port":{"number":80}}}}}'
kubectl create ingress ${rest} --class=nginx --default-backend=${rest}:80
