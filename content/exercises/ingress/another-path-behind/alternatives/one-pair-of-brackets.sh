cat <<'EOF' | kubectl apply -f -
apiVersion: networking.k8s.io/v1
kind: Ingress
metadata:
  name: ${app}
  annotations: { nginx.ingress.kubernetes.io/rewrite-target: /$1 }
spec:
  ingressClassName: nginx
  rules:
    - host: ${app}.example.com
      http:
        paths:
          - { path: "/${prefix}/(.*)", pathType: ImplementationSpecific, backend: { service: { name: ${app}, port: { name: http } } } }
          - { path: "/${prefix}$", pathType: ImplementationSpecific, backend: { service: { name: ${app}, port: { name: http } } } }
EOF
