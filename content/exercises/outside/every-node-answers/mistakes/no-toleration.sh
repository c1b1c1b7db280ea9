# fails: controlplane pods policy
kubectl delete deployment ${app}
cat <<END | kubectl apply -f -
apiVersion: apps/v1
kind: DaemonSet
metadata: { name: ${app} }
spec:
  selector: { matchLabels: { app: ${app} } }
  template:
    metadata: { labels: { app: ${app} } }
    spec:
      containers:
        - { name: web, image: "registry.k8s.io/e2e-test-images/agnhost:2.53", args: [netexec, "--http-port=8080"] }
END
