# fails: served
openssl req -x509 -newkey rsa:2048 -nodes -days 365 -keyout own.key -out own.crt -subj '/CN=*.example.com' -addext 'subjectAltName=DNS:*.example.com'
kubectl create secret tls ${app}-tls --cert=own.crt --key=own.key --namespace=${namespace}
kubectl patch ingress ${app} --namespace=${namespace} -p '{"spec":{"tls":[{"hosts":["${app}.example.com"],"secretName":"${app}-tls"}]}}'
