kubectl get service ${app} -o yaml > service.yaml
sed -i 's/^  ports:$/  ports:\n  - { name: dns, port: 53, targetPort: ${target}, protocol: UDP }/; s/^  - port: 53$/  - name: dns-tcp\n    port: 53/' service.yaml
kubectl replace -f service.yaml
