kubectl patch deployment ${app}-green -p '{"spec":{"replicas":${replicas}}}'
kubectl wait deployment ${app}-green --for=jsonpath='{.status.readyReplicas}'=${replicas}
kubectl patch service ${app} -p '{"spec":{"selector":{"version":"green"}}}'
