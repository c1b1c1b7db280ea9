# fails: same-server
kubectl patch deployment ${app} -p '{"spec":{"template":{"spec":{"containers":[{"name":"server","command":["python3","-m","http.server","7000"]}]}}}}'
kubectl rollout status deployment ${app}
kubectl patch service ${app} --type=json -p '[{"op":"replace","path":"/spec/ports/0/targetPort","value":7000}]'
