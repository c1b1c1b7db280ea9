# fails: blocked allowed inside
kubectl patch service ${app} -p '{"spec":{"loadBalancerSourceRanges":["192.168.1.0/24"],"allocateLoadBalancerNodePorts":false}}'
kubectl patch service ${app} --type=json -p '[{"op":"remove","path":"/spec/ports/0/nodePort"}]'
