cat <<END | kubectl replace -f -
apiVersion: networking.k8s.io/v1
kind: Ingress
metadata: { name: ${app} }
spec:
  ingressClassName: nginx
  defaultBackend: { service: { name: ${rest}, port: { number: 80 } } }
  rules:
    - host: ${app}.example.com
      http: { paths: [{ path: /${path}, pathType: Prefix, backend: { service: { name: ${app}, port: { number: 80 } } } }] }
    - http: { paths: [{ path: /, pathType: Prefix, backend: { service: { name: ${rest}, port: { number: 80 } } } }] }
END
