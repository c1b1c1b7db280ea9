# fails: outside
cat > /root/Corefile <<'EOF'
.:53 {
    errors
    health
    ready
    kubernetes cluster.local in-addr.arpa ip6.arpa
    cache 30
    reload
}
EOF
kubectl -n kube-system create configmap coredns --from-file=/root/Corefile --dry-run=client -o yaml | kubectl replace -f -
kubectl -n kube-system scale deployment coredns --replicas=2
kubectl -n kube-system rollout status deployment coredns
