cat > service.yaml <<EOF
apiVersion: v1
kind: Service
metadata:
  name: ${app}
spec:
  selector:
    app: ${app}
  ports:
    - port: 80
EOF
kubectl apply -f service.yaml
