cat <<EOF | kubectl apply -f -
apiVersion: v1
kind: Service
metadata:
  name: ${app}-${suffix}
spec:
  clusterIP: None
  selector:
    app: ${app}
  ports:
    - name: http
      port: 80
EOF
