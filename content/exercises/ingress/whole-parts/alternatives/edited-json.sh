kubectl get ingress ${app} -o json > ingress.json
jq '.spec.rules[0].http.paths[1].pathType = "Prefix" | .spec.rules[0].http.paths[2].pathType = "Exact"' ingress.json | kubectl apply -f - 2> warnings.txt
