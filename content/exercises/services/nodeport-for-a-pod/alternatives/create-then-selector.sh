kubectl create service nodeport ${app}-service --tcp=80:80 --node-port=${nodePort}
kubectl set selector service ${app}-service tier=front-end
