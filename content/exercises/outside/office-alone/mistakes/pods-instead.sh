# fails: allowed
kubectl patch service ${app} -p '{"spec":{"loadBalancerSourceRanges":["10.244.0.0/16"],"allocateLoadBalancerNodePorts":false}}'
kubectl patch service ${app} --type=json -p '[{"op":"remove","path":"/spec/ports/0/nodePort"}]'
