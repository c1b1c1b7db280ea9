kubectl set env deployment/${client} -n ${near} API_URL=http://${app}.${ns}:${port}
kubectl rollout status deployment ${client} -n ${near}
