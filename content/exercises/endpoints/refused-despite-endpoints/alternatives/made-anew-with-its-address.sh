kubectl delete service ${app}
cat <<EOF | kubectl create -f -
apiVersion: v1
kind: Service
metadata: { name: ${app} }
spec:
  clusterIP: 10.96.10.${host}
  selector: { app: ${app} }
  ports: [{ name: http, port: 80, targetPort: ${real} }]
EOF
