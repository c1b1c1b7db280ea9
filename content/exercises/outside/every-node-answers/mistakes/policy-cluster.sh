# fails: workers controlplane policy
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
      tolerations: [{ key: node-role.kubernetes.io/control-plane, operator: Exists, effect: NoSchedule }]
      containers:
        - { name: web, image: "registry.k8s.io/e2e-test-images/agnhost:2.53", args: [netexec, "--http-port=8080"] }
END
kubectl patch service ${app} -p '{"spec":{"externalTrafficPolicy":"Cluster"}}'
