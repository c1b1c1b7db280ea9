KUBE_EDITOR="sed -i 's/^      dnsPolicy:/      enableServiceLinks: false\n      dnsPolicy:/'" kubectl edit deployment catalog
kubectl rollout status deployment catalog
