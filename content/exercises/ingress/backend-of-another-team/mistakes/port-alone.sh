# fails: api name team site
kubectl patch service ${service} -n ${app} -p '{"spec":{"ports":[{"port":80,"targetPort":${port}}]}}'
