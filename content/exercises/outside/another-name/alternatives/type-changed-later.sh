kubectl create service clusterip ${name} --tcp=80:80 -n ${namespace}
kubectl patch service ${name} -n ${namespace} -p '{"spec":{"type":"ExternalName","externalName":"${host}","selector":null}}'
