# fails: served redirect tls
kubectl create secret tls ${app}-tls --cert=wildcard.crt --key=wildcard.key --namespace=${namespace}
