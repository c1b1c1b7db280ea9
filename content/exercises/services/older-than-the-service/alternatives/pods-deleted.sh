cat <<EOF | kubectl apply -f -
apiVersion: v1
kind: Service
metadata: { name: ledger }
spec:
  selector: { app: ledger }
  ports: [{ name: http, port: ${port}, targetPort: ${target} }]
EOF
kubectl delete pod -l app=shop
kubectl rollout status deployment shop
