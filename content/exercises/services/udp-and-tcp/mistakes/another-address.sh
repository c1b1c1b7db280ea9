# fails: address
kubectl delete service ${app}
cat <<EOF | kubectl create -f -
apiVersion: v1
kind: Service
metadata: { name: ${app} }
spec:
  selector: { app: ${app} }
  ports:
    - { name: dns, port: 53, targetPort: ${target}, protocol: UDP }
    - { name: dns-tcp, port: 53, targetPort: ${target}, protocol: TCP }
EOF
