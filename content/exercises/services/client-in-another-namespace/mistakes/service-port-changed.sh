# fails: api-stays
kubectl patch service ${app} -n ${ns} --type=json -p '[{"op":"replace","path":"/spec/ports/0/port","value":80}]'
kubectl set env deployment/${client} -n ${near} API_URL=http://${app}.${ns}
kubectl rollout status deployment ${client} -n ${near}
