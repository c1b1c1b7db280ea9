# fails: node-ports
kubectl patch service ${app} -p '{"spec":{"loadBalancerSourceRanges":["${range}"],"allocateLoadBalancerNodePorts":false}}'
