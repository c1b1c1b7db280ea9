kubectl create secret tls ${app}-tls --cert=wildcard.crt --key=wildcard.key --namespace=${namespace}
kubectl patch ingress ${app} --namespace=${namespace} -p '{"spec":{"tls":[{"hosts":["${app}.example.com"],"secretName":"${app}-tls"}]}}'
