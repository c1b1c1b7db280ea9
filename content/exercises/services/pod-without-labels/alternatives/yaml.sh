kubectl patch pod ${app} -p '{"metadata":{"labels":{"role":"${app}-site"}}}'
cat <<EOF | kubectl apply -f -
apiVersion: v1
kind: Service
metadata:
  name: ${app}
spec:
  selector:
    role: ${app}-site
  ports:
    - name: http
      port: ${port}
      targetPort: 80
EOF
