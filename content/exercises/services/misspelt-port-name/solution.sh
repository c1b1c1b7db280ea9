kubectl patch service ${app} -p '{"spec":{"ports":[{"port":80,"targetPort":"${name}"}]}}'
