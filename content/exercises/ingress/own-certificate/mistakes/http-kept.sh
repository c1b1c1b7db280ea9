# fails: redirect
kubectl create secret tls ${app}-tls --cert=wildcard.crt --key=wildcard.key --namespace=${namespace}
kubectl patch ingress ${app} --namespace=${namespace} -p '{"metadata":{"annotations":{"nginx.ingress.kubernetes.io/ssl-redirect":"false"}},"spec":{"tls":[{"hosts":["${app}.example.com"],"secretName":"${app}-tls"}]}}'
