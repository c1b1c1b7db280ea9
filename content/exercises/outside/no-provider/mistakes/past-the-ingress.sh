# fails: node01 node02 kept
kubectl patch service ${app} -p '{"spec":{"externalIPs":["192.168.1.3","192.168.1.4"]}}'
