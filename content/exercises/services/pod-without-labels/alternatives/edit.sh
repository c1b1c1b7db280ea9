KUBE_EDITOR="sed -i 's/^  name: ${app}$/  name: ${app}\n  labels: { site: front }/'" kubectl edit pod ${app}
kubectl expose pod ${app} --port=${port} --target-port=80
