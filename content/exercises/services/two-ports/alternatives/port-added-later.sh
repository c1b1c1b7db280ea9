kubectl expose deployment ${app} --port=${admin} --target-port=80
kubectl patch service ${app} --type=json -p '[{"op":"add","path":"/spec/ports/0/name","value":"b"},{"op":"add","path":"/spec/ports/-","value":{"name":"a","port":80,"targetPort":${api}}}]'
