ssh ${node} 'rm -rf /run/xtables.lock'
kubectl -n kube-system rollout restart daemonset kube-proxy
kubectl -n kube-system rollout status daemonset kube-proxy
kubectl create service loadbalancer ${app} --tcp=80:80
kubectl patch service ${app} --type=json -p '[{"op":"replace","path":"/spec/ports/0/nodePort","value":${nodePort}}]'
