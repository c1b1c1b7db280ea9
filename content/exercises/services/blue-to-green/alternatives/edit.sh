KUBE_EDITOR="sed -i 's/replicas: 0/replicas: ${replicas}/'" kubectl edit deployment ${app}-green
kubectl rollout status deployment ${app}-green
KUBE_EDITOR="sed -i 's/version: blue/version: green/'" kubectl edit service ${app}
