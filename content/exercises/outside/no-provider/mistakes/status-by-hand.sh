# fails: node01 node02 kept
kubectl patch service ingress-nginx-controller -n ingress-nginx --subresource=status -p '{"status":{"loadBalancer":{"ingress":[{"ip":"192.168.1.240"}]}}}'
