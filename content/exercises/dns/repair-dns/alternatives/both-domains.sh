kubectl -n kube-system get configmap coredns -o yaml > coredns.yaml
sed -i 's/kubernetes ${wrong} /kubernetes cluster.local ${wrong} /' coredns.yaml
kubectl replace -f coredns.yaml
kubectl -n kube-system scale deployment coredns --replicas=2
kubectl -n kube-system rollout status deployment coredns
