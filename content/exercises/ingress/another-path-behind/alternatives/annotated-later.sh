cat <<'EOF' | kubectl create -f -
apiVersion: networking.k8s.io/v1
kind: Ingress
metadata: { name: ${app} }
spec:
  ingressClassName: nginx
  rules:
    - host: ${app}.example.com
      http:
        paths: [{ path: "/${prefix}(/|$)(.*)", pathType: ImplementationSpecific, backend: { service: { name: ${app}, port: { number: 80 } } } }]
EOF
kubectl annotate ingress ${app} nginx.ingress.kubernetes.io/use-regex=true 'nginx.ingress.kubernetes.io/rewrite-target=/$2'
