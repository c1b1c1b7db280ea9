# fails: search host
kubectl patch ingress ${app} --type=json -p '[{"op":"replace","path":"/spec/rules/0/http/paths/0/backend/service/name","value":"${app}-home"}]'
kubectl patch service ${app}-search -p '{"spec":{"ports":[{"port":80,"targetPort":${wrongPort}}]}}'
kubectl set selector service ${app}-faq app=${app}-faq
