# fails: node02 kept
kubectl patch service ingress-nginx-controller -n ingress-nginx -p '{"spec":{"externalIPs":["192.168.1.3","192.168.1.4"]}}'
