kubectl get deployment ingress-nginx-controller -n ingress-nginx -o json | jq '{apiVersion, kind: "DaemonSet", metadata: {name: .metadata.name, namespace: .metadata.namespace, labels: .metadata.labels}, spec: {selector: .spec.selector, template: .spec.template}} | .spec.template.spec.containers[0].ports[0].hostPort = 80 | .spec.template.spec.containers[0].ports[1].hostPort = 443' > daemonset.json
kubectl delete deployment ingress-nginx-controller -n ingress-nginx
kubectl create -f daemonset.json
kubectl rollout status daemonset ingress-nginx-controller -n ingress-nginx
