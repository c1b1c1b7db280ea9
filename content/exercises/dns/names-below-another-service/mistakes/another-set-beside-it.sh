# fails: names set service
kubectl get statefulset ${app} -o yaml | sed -e 's/serviceName: ${app}-${wrong}/serviceName: ${app}-peers/' -e 's/^  name: ${app}$/  name: ${app}-new/' > new.yaml
kubectl create -f new.yaml
kubectl rollout status statefulset ${app}-new --timeout=60s
