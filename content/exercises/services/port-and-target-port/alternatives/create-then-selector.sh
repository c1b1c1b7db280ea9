kubectl create service nodeport ${app}-front --tcp=${port}:${targetPort} --node-port=${nodePort}
kubectl set selector service ${app}-front service=${app},layer=api
