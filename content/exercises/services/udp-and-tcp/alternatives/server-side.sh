kubectl delete service ${app}
cat <<EOF | kubectl apply --server-side -f -
apiVersion: v1
kind: Service
metadata: { name: ${app} }
spec:
  clusterIP: ${clusterIP}
  selector: { app: ${app} }
  ports:
    - { name: dns, port: 53, targetPort: ${target}, protocol: UDP }
    - { name: dns-tcp, port: 53, targetPort: ${target} }
EOF
