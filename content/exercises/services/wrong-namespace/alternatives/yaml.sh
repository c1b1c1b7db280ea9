kubectl delete service ${app}
cat <<EOF | kubectl apply -n ${ns} -f -
apiVersion: v1
kind: Service
metadata:
  name: ${app}
spec:
  selector:
    app: ${app}
  ports:
    - name: http
      port: 80
      targetPort: ${port}
EOF
