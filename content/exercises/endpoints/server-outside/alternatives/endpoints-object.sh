cat <<EOF | kubectl apply -f - 2> /dev/null
apiVersion: v1
kind: Service
metadata:
  name: ${app}
spec:
  ports: [{ port: ${port} }]
---
apiVersion: v1
kind: Endpoints
metadata:
  name: ${app}
subsets:
  - addresses: [{ ip: 93.184.215.14 }]
    ports: [{ port: 80 }]
EOF
