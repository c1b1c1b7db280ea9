# fails: site
kubectl patch service ${service} -n ${app} -p '{"spec":{"externalName":"${service}.${team}.svc.cluster.local","ports":[{"port":80,"targetPort":${port}}]}}'
kubectl patch ingress ${app} -n ${app} --type=json -p '[{"op":"remove","path":"/spec/rules/0/http/paths/0"}]'
