cat <<EOF | kubectl apply -f -
apiVersion: v1
kind: Service
metadata:
  name: ${app}
spec:
  ports:
    - port: ${port}
      targetPort: 80
---
apiVersion: discovery.k8s.io/v1
kind: EndpointSlice
metadata:
  name: ${app}-outside
  labels:
    kubernetes.io/service-name: ${app}
addressType: IPv4
ports:
  - port: 80
endpoints:
  - addresses: [93.184.215.14]
EOF
