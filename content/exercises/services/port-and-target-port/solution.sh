cat <<EOF | kubectl apply -f -
apiVersion: v1
kind: Service
metadata:
  name: ${app}-front
spec:
  type: NodePort
  selector:
    service: ${app}
    layer: api
  ports:
    - port: ${port}
      targetPort: ${targetPort}
      nodePort: ${nodePort}
EOF
