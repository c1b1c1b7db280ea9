kubectl -n ${namespace} delete service ${other}
kubectl -n ${namespace} create service nodeport ${other} --tcp=80:80 --node-port=${moved}
kubectl create service nodeport ${app} --tcp=80:80 --node-port=${nodePort}
