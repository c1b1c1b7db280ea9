# fails: ready api-stays no-copy
kubectl set env deployment/${client} -n ${near} API_URL=http://${app}.${ns}
