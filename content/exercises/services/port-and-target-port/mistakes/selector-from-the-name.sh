# fails: endpoints outside inside
kubectl create service nodeport ${app}-front --tcp=${port}:${targetPort} --node-port=${nodePort}
