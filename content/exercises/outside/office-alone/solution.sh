kubectl patch service ${app} -p '{"spec":{"loadBalancerSourceRanges":["${range}"],"allocateLoadBalancerNodePorts":false}}'
kubectl patch service ${app} --type=json -p '[{"op":"remove","path":"/spec/ports/0/nodePort"}]'
