# fails: ports
kubectl patch deployment ${app} --type=json -p '[{"op":"replace","path":"/spec/template/spec/containers/0/args","value":["netexec","--http-port=${wrong}"]}]'
kubectl rollout status deployment ${app}
