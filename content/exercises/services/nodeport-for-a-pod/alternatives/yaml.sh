cat <<EOF | kubectl apply -f -
apiVersion: v1
kind: Service
metadata:
  name: ${app}-service
spec:
  type: NodePort
  selector:
    app: ${app}
    tier: front-end
  ports:
    - name: http
      port: 80
      targetPort: 80
      nodePort: ${nodePort}
EOF
