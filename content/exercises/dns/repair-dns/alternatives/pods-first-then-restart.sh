kubectl -n kube-system scale deployment coredns --replicas=2
kubectl -n kube-system rollout status deployment coredns
kubectl -n kube-system get configmap coredns -o json | jq '.data.Corefile |= sub("${wrong}"; "cluster.local")' | kubectl replace -f -
kubectl -n kube-system rollout restart deployment coredns
kubectl -n kube-system rollout status deployment coredns
