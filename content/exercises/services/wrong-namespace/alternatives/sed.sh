kubectl get service ${app} -o yaml | sed -e 's/namespace: default/namespace: ${ns}/' -e '/clusterIP/d' -e '/^  - 10\./d' > service.yaml
kubectl create -f service.yaml
kubectl delete service ${app} -n default
