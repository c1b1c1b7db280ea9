kubectl get deployment catalog -o yaml > catalog.yaml
sed -i 's/^      dnsPolicy:/      enableServiceLinks: false\n      dnsPolicy:/' catalog.yaml
kubectl replace --force -f catalog.yaml
kubectl rollout status deployment catalog
