kubectl get service ${app} -o yaml | sed -e 's/- nodePort: .*/- name: http/' -e 's#allocateLoadBalancerNodePorts: true#allocateLoadBalancerNodePorts: false\n  loadBalancerSourceRanges:\n  - ${range}#' > service.yaml
kubectl replace -f service.yaml
