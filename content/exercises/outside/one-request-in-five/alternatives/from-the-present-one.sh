kubectl get deployment ${app} -o json | jq '.metadata = {name: "${app}-canary"} | .spec.selector.matchLabels.version = "v2" | .spec.template.metadata.labels.version = "v2" | .spec.template.spec.containers[0].image = "gcr.io/google-samples/hello-app:2.0" | .spec.replicas = (${total} / 5)' > canary.json
kubectl create -f canary.json
kubectl patch deployment ${app} -p "{\"spec\":{\"replicas\":$((${total} - ${total} / 5))}}"
kubectl patch service ${app} --type=json -p '[{"op":"remove","path":"/spec/selector/version"}]'
