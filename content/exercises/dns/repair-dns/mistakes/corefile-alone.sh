# fails: services traffic outside replicas
kubectl -n kube-system get configmap coredns -o yaml | sed 's/kubernetes ${wrong} /kubernetes cluster.local /' | kubectl replace -f -
