# fails: udp tcp address
kubectl patch service ${app} --type=json -p '[{"op":"add","path":"/spec/ports/-","value":{"port":53,"targetPort":${target},"protocol":"UDP"}}]'
