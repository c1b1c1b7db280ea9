# fails: by-name by-address ports
kubectl patch deployment ${app} --type=json -p '[{"op":"replace","path":"/spec/template/spec/containers/0/ports/0/containerPort","value":${wrong}}]'
kubectl rollout status deployment ${app}
