# fails: still-a-name
kubectl patch service ${app} -p '{"spec":{"ports":[{"port":80,"targetPort":${port}}]}}'
