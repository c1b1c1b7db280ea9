KUBE_EDITOR="sed -i 's/internalTrafficPolicy: Cluster/internalTrafficPolicy: Local/'" kubectl edit service ${app}
