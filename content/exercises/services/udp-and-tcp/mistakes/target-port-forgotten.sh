# fails: udp tcp address
kubectl patch service ${app} --type=json -p '[{"op":"replace","path":"/spec/ports","value":[{"name":"dns","port":53,"protocol":"UDP"},{"name":"dns-tcp","port":53,"targetPort":${target},"protocol":"TCP"}]}]'
