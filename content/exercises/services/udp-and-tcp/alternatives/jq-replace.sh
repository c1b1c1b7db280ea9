kubectl get service ${app} -o json | jq '.spec.ports = [.spec.ports[0] + {name: "t"}, .spec.ports[0] + {name: "u", protocol: "UDP"}]' | kubectl replace -f -
