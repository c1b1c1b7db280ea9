cat <<EOF | kubectl apply -f -
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
          - path: /${path}
            pathType: Prefix
            backend: { service: { name: ${app}-api, port: { name: api } } }
          - path: /
            pathType: Prefix
            backend: { service: { name: ${app}-web, port: { name: http } } }
EOF
