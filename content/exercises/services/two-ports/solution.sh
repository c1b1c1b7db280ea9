cat > service.yaml <<EOF
apiVersion: v1
kind: Service
metadata:
  name: ${app}
spec:
  selector:
    app: ${app}
  ports:
    - name: api
      port: 80
      targetPort: ${api}
    - name: admin
      port: ${admin}
      targetPort: 80
EOF
kubectl apply -f service.yaml
