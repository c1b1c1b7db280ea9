kubectl get ingress ${app} -o yaml | sed -e 's/name: ${app}-homepage/name: ${app}-home/' -e 's/number: ${wrongPort}/number: 80/' | kubectl replace -f -
kubectl get service ${app}-faq -o yaml | sed 's/tier: .*/tier: ${label}/' | kubectl replace -f -
