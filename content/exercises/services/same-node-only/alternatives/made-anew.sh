kubectl delete service ${app}
cat <<EOF | kubectl create -f -
apiVersion: v1
kind: Service
metadata: { name: ${app} }
spec:
  internalTrafficPolicy: Local
  selector: { app: ${app} }
  ports: [{ name: http, port: ${port}, targetPort: 80 }]
EOF
