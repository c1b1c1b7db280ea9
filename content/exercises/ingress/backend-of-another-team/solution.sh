kubectl patch service ${service} -n ${app} -p '{"spec":{"externalName":"${service}.${team}.svc.cluster.local","ports":[{"port":80,"targetPort":${port}}]}}'
