# fails: ports outside inside
kubectl create service nodeport ${app}-front --tcp=${targetPort}:${port} --node-port=${nodePort}
kubectl set selector service ${app}-front service=${app},layer=api
