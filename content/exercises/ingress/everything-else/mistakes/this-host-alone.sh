# fails: hosts kept
kubectl patch ingress ${app} -p '{"spec":{"defaultBackend":{"service":{"name":"${rest}","port":{"number":80}}}}}'
