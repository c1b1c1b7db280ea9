kubectl delete service ${app}
cat <<EOF | kubectl create -f -
apiVersion: v1
kind: Service
metadata: { name: ${app} }
spec:
  clusterIP: ${clusterIP}
  selector: { app: ${app} }
  ports:
    - { name: tcp, port: 53, targetPort: ${target}, protocol: TCP }
    - { name: udp, port: 53, targetPort: ${target}, protocol: UDP }
EOF
