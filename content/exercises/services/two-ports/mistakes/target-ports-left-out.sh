# fails: api admin ports
cat <<EOF | kubectl apply -f -
apiVersion: v1
kind: Service
metadata: { name: ${app} }
spec:
  selector: { app: ${app} }
  ports: [{ name: api, port: ${api} }, { name: admin, port: 80 }]
EOF
