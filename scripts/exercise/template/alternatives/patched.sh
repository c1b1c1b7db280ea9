# ✎ another right way
kubectl expose deployment ${app} --port=8080
kubectl patch service ${app} --type=merge -p '{"spec":{"ports":[{"port":80,"targetPort":80}]}}'
