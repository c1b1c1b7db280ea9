# fails: doors from-the-node proxy
kubectl create service nodeport ${app} --tcp=80:80 --node-port=${nodePort}
