kubectl create service nodeport ${app} --tcp=80:80 --node-port=${nodePort}
ssh ${node} rmdir /run/xtables.lock
kubectl -n kube-system delete pod -l k8s-app=kube-proxy --field-selector spec.nodeName=${node}
kubectl -n kube-system rollout status daemonset kube-proxy
