# fails: by-name ports still-a-name
kubectl patch service ${app} --type=json -p '[{"op":"add","path":"/spec/ports/0/name","value":"${name}"}]'
