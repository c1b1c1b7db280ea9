kubectl patch deployment ${client} -n ${near} -p '{"spec":{"template":{"spec":{"containers":[{"name":"web","env":[{"name":"API_URL","value":"http://${app}.${ns}.svc.cluster.local:${port}/"}]}]}}}}'
kubectl rollout status deployment ${client} -n ${near}
