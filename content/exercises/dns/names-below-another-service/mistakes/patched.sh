# fails: names set service
kubectl patch statefulset ${app} -p '{"spec":{"serviceName":"${app}-peers"}}'
kubectl rollout restart statefulset ${app}
