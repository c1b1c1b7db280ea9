kubectl config set-context --current --namespace=${namespace}
kubectl create secret tls ${app}-tls --cert wildcard.crt --key wildcard.key
kubectl delete ingress ${app}
kubectl create ingress ${app} --class=nginx --rule='${app}.example.com/*=${app}:http,tls=${app}-tls'
