# fails: node01 node02 kept
kubectl patch service ingress-nginx-controller -n ingress-nginx -p '{"spec":{"type":"NodePort","externalTrafficPolicy":"Cluster","ports":[{"port":80,"nodePort":30080}]}}'
