ssh ${node} 'mv /run/xtables.lock /root/old-lock; touch /run/xtables.lock'
kubectl -n kube-system delete $(kubectl -n kube-system get pods -l k8s-app=kube-proxy -o wide | awk '/${node}/ {print "pod/" $1}')
cat <<EOF | kubectl apply -f -
apiVersion: v1
kind: Service
metadata: { name: ${app} }
spec:
  type: NodePort
  selector: { app: ${app} }
  ports: [{ name: http, port: 80, targetPort: 80, nodePort: ${nodePort} }]
EOF
kubectl -n kube-system rollout status daemonset kube-proxy
