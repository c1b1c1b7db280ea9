# fails: tree leaf rest
kubectl get ingress ${app} -o yaml | sed 's/pathType: Prefix/pathType: Exact/' | kubectl replace -f -
