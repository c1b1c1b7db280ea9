kubectl delete service ${app}
kubectl expose deployment ${app} --port=80 --session-affinity=ClientIP
kubectl patch service ${app} --type=json -p '[{"op":"replace","path":"/spec/sessionAffinityConfig/clientIP/timeoutSeconds","value":${seconds}}]'
