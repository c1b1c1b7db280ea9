kubectl patch service ${app} -p '{"spec":{"externalTrafficPolicy":"Local"}}'
