cat <<EOF | kubectl replace -f -
apiVersion: networking.k8s.io/v1
kind: Ingress
metadata:
  name: ${app}
spec:
  ingressClassName: nginx
  rules:
    - host: ${app}.example.com
      http:
        paths:
          - { path: /${leaf}, pathType: Exact, backend: { service: { name: ${app}-${leaf}, port: { number: 80 } } } }
          - { path: /${leaf}/, pathType: Prefix, backend: { service: { name: ${app}-web, port: { number: 80 } } } }
          - { path: /${tree}/, pathType: Prefix, backend: { service: { name: ${app}-${tree}, port: { number: 80 } } } }
          - { path: /${tree}, pathType: Exact, backend: { service: { name: ${app}-${tree}, port: { number: 80 } } } }
          - { path: /, pathType: Prefix, backend: { service: { name: ${app}-web, port: { number: 80 } } } }
EOF
