KUBE_EDITOR="sed -i 's/^spec:$/spec:\n  publishNotReadyAddresses: true/'" kubectl edit service ${app}-peers
kubectl rollout status statefulset ${app}
