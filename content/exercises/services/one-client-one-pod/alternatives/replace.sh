cat <<EOF | kubectl replace -f -
apiVersion: v1
kind: Service
metadata:
  name: ${app}
spec:
  selector:
    app: ${app}
  sessionAffinity: ClientIP
  sessionAffinityConfig:
    clientIP:
      timeoutSeconds: ${seconds}
  ports:
    - port: 80
EOF
