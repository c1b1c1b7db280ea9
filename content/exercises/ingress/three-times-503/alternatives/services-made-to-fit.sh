kubectl expose deployment ${app}-home --name=${app}-homepage --port=80 --target-port=8080
kubectl patch service ${app}-search --type=json -p '[{"op":"replace","path":"/spec/ports/0/port","value":${wrongPort}}]'
kubectl patch service ${app}-faq -p '{"spec":{"selector":{"tier":"${label}"}}}'
