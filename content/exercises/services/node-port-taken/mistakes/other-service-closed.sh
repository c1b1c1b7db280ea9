# fails: moved
kubectl -n ${namespace} patch service ${other} -p '{"spec":{"type":"ClusterIP"}}'
kubectl create service nodeport ${app} --tcp=80:80 --node-port=${nodePort}
