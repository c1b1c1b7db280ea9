kubectl get service ${app} -o json | jq '.spec.internalTrafficPolicy = "Local"' | kubectl replace -f -
