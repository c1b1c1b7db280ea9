# fails: paths hosts kept
kubectl patch ingress ${app} -p '{"spec":{"defaultBackend":{"service":{"name":"${rest}","port":{"number":8080}}}}}'
kubectl create ingress rest --class=nginx --default-backend=${rest}:8080
