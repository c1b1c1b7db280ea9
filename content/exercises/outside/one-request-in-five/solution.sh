cat <<END | kubectl apply -f -
apiVersion: apps/v1
kind: Deployment
metadata: { name: ${app}-canary }
spec:
  replicas: $((${total} / 5))
  selector: { matchLabels: { app: ${app}, version: v2 } }
  template:
    metadata: { labels: { app: ${app}, version: v2 } }
    spec:
      containers: [{ name: web, image: "gcr.io/google-samples/hello-app:2.0", ports: [{ containerPort: 8080 }] }]
END
kubectl set selector service ${app} app=${app}
kubectl scale deployment ${app} --replicas=$((${total} * 4 / 5))
