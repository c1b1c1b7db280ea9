# fails: doors from-the-node proxy
kubectl create service nodeport ${app} --tcp=80:80 --node-port=${nodePort}
kubectl -n kube-system delete pod -l k8s-app=kube-proxy --field-selector spec.nodeName=${node}
ssh ${node} systemctl restart kubelet
