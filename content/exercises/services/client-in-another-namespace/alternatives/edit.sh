KUBE_EDITOR="sed -i 's|http://${app}|http://${app}.${ns}.svc:${port}|'" kubectl edit deployment ${client} -n ${near}
kubectl rollout status deployment ${client} -n ${near}
