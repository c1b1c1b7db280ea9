kubectl delete service ${app}
cat <<END | kubectl create -f -
apiVersion: v1
kind: Service
metadata: { name: ${app} }
spec:
  type: LoadBalancer
  allocateLoadBalancerNodePorts: false
  loadBalancerSourceRanges: ["${range}"]
  selector: { app: ${app} }
  ports: [{ name: http, port: ${port}, targetPort: 80 }]
END
