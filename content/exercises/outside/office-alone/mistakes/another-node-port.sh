# fails: node-ports
kubectl patch service ${app} -p '{"spec":{"loadBalancerSourceRanges":["${range}"],"ports":[{"port":${port},"nodePort":32000}]}}'
