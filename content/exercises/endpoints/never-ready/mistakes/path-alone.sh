# fails: by-name endpoints probe
kubectl patch deployment ${app} -p '{"spec":{"template":{"spec":{"containers":[{"name":"web","readinessProbe":{"httpGet":{"path":"/"}}}]}}}}'
