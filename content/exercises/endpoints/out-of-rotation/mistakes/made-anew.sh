# fails: alive
kubectl get pod ${app}-${suffix} -o yaml > pod.yaml
sed -i -e '/^    app: /d' -e '/ownerReferences:/,/uid:/d' pod.yaml
kubectl replace --force -f pod.yaml
kubectl wait --for=condition=Ready pod/${app}-${suffix} --timeout=30s
