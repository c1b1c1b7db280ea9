kubectl delete svc legacy-${app}
cat <<EOF | kubectl apply -f -
apiVersion: v1
kind: Service
metadata:
  name: ${app}
spec:
  clusterIP: 10.96.0.${host}
  selector:
    app: ${app}
  ports:
    - name: http
      port: ${port}
      targetPort: 80
EOF
