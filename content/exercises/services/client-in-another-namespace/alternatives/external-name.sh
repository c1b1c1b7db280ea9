kubectl create service externalname ${app} -n ${near} --external-name=${app}.${ns}.svc.cluster.local
kubectl set env deployment/${client} -n ${near} API_URL=http://${app}:${port}
kubectl rollout status deployment ${client} -n ${near}
