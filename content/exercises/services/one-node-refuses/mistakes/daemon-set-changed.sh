# fails: proxy
kubectl create service nodeport ${app} --tcp=80:80 --node-port=${nodePort}
kubectl -n kube-system get daemonset kube-proxy -o yaml | sed 's/type: FileOrCreate/type: ""/' | kubectl replace -f -
kubectl -n kube-system rollout status daemonset kube-proxy
