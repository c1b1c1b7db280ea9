# fails: api team site
kubectl patch service ${service} -n ${app} -p '{"spec":{"externalName":"${service}.${team}.svc.cluster.local","ports":[{"port":80,"targetPort":8000}]}}'
