kubectl get service ${service} -n ${app} -o yaml | sed -e 's/${team}-team/${team}/' -e 's/targetPort: 80/targetPort: ${port}/' | kubectl replace -f -
