# fails: as-they-were
kubectl patch deployment catalog --type=json -p '[{"op":"replace","path":"/spec/template/spec/containers/0/command","value":["python3","-m","http.server","${target}"]}]'
kubectl rollout status deployment catalog
