# fails: same-server
kubectl patch deployment ${app} -p '{"spec":{"template":{"spec":{"containers":[{"name":"server","image":"registry.k8s.io/e2e-test-images/agnhost:2.53","command":["/agnhost","netexec","--http-port=${port}"]}]}}}}'
kubectl rollout status deployment ${app}
