# fails: moved
kubectl -n ${namespace} delete service ${other}
kubectl create service nodeport ${app} --tcp=80:80 --node-port=${nodePort}
