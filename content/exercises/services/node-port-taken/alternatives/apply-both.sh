kubectl -n ${namespace} get service ${other} -o yaml | sed 's/nodePort: ${nodePort}/nodePort: ${moved}/' | kubectl replace -f -
cat <<EOF | kubectl create -f -
apiVersion: v1
kind: Service
metadata: { name: ${app} }
spec:
  type: LoadBalancer
  selector: { app: ${app} }
  ports: [{ name: http, port: 80, nodePort: ${nodePort} }]
EOF
