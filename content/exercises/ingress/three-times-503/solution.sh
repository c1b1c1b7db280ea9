kubectl patch ingress ${app} --type=json -p '[{"op":"replace","path":"/spec/rules/0/http/paths/0/backend/service/name","value":"${app}-home"},{"op":"replace","path":"/spec/rules/0/http/paths/1/backend/service/port/number","value":80}]'
kubectl set selector service ${app}-faq app=${app}-faq,tier=${label}
