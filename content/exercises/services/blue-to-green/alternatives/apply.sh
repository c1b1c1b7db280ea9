kubectl scale deployment ${app}-green --replicas=${replicas}
kubectl wait pods -l app=${app},version=green --for=condition=Ready
cat <<EOF | kubectl replace -f -
apiVersion: v1
kind: Service
metadata: { name: ${app} }
spec:
  type: NodePort
  selector: { version: green, app: ${app} }
  ports: [{ name: http, port: 80, targetPort: 80, nodePort: ${nodePort} }]
EOF
