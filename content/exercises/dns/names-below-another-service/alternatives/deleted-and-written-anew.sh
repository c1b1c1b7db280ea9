kubectl delete statefulset ${app}
cat <<EOF | kubectl apply -f -
apiVersion: apps/v1
kind: StatefulSet
metadata: { name: ${app} }
spec:
  serviceName: ${app}-peers
  replicas: ${replicas}
  selector: { matchLabels: { app: ${app} } }
  template:
    metadata: { labels: { app: ${app} } }
    spec: { containers: [{ name: web, image: nginx }] }
EOF
kubectl rollout status statefulset ${app}
