kubectl -n kube-system get configmap coredns -o yaml | sed 's/kubernetes ${wrong} /kubernetes cluster.local /' | kubectl replace -f -
kubectl -n kube-system scale deployment coredns --replicas=2
kubectl -n kube-system rollout status deployment coredns
