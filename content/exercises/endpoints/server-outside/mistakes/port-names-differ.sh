# fails: by-name cluster-ip
cat <<EOF | kubectl apply -f -
apiVersion: v1
kind: Service
metadata: { name: ${app} }
spec:
  ports: [{ name: http, port: ${port}, targetPort: 80 }]
---
apiVersion: discovery.k8s.io/v1
kind: EndpointSlice
metadata:
  name: ${app}
  labels: { kubernetes.io/service-name: ${app} }
addressType: IPv4
ports: [{ name: web, port: 80 }]
endpoints: [{ addresses: [93.184.215.14] }]
EOF
