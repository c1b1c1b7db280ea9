# fails: secret
kubectl create secret generic ${app}-tls --from-file=tls.crt=wildcard.crt --from-file=tls.key=wildcard.key --namespace=${namespace}
kubectl patch ingress ${app} --namespace=${namespace} -p '{"spec":{"tls":[{"hosts":["${app}.example.com"],"secretName":"${app}-tls"}]}}'
