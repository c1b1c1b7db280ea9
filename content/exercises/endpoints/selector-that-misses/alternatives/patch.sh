kubectl patch service ${app} -p '{"spec":{"selector":{"role":"${role}"}}}'
