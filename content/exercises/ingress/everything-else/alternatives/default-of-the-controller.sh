kubectl patch deployment ingress-nginx-controller -n ingress-nginx --type=json -p '[{"op":"add","path":"/spec/template/spec/containers/0/args/-","value":"--default-backend-service=default/${rest}"}]'
kubectl rollout status deployment ingress-nginx-controller -n ingress-nginx
