kubectl patch service ${app} -p '{"spec":{"internalTrafficPolicy":"Local"}}'
