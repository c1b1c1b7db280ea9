# fails: team
kubectl patch service ${service} -n ${app} -p '{"spec":{"externalName":"${service}.${team}.svc.cluster.local"}}'
kubectl patch service ${service} -n ${team} -p '{"spec":{"ports":[{"port":${port},"$patch":"delete"},{"port":80,"targetPort":8000}]}}'
