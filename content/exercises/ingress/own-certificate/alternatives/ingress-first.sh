kubectl get ingress ${app} -n ${namespace} -o json | jq '.spec.tls = [{hosts: ["${app}.example.com"], secretName: "${app}-tls"}]' > ingress.json
kubectl replace -f ingress.json
sleep 20
kubectl create secret generic ${app}-tls -n ${namespace} --type=kubernetes.io/tls --from-file=tls.crt=wildcard.crt --from-file=tls.key=wildcard.key
