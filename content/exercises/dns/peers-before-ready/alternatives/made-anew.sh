kubectl delete service ${app}-peers
cat <<EOF | kubectl create -f -
apiVersion: v1
kind: Service
metadata: { name: ${app}-peers }
spec:
  clusterIP: None
  publishNotReadyAddresses: true
  selector: { app: ${app} }
EOF
kubectl rollout status statefulset ${app}
