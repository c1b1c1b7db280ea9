cat <<END | kubectl apply -f - 2> warnings.txt
apiVersion: v1
kind: Secret
metadata: { name: ${app}-tls, namespace: ${namespace} }
type: kubernetes.io/tls
data:
  tls.crt: $(base64 -w 0 wildcard.crt)
  tls.key: $(base64 -w 0 wildcard.key)
---
apiVersion: networking.k8s.io/v1
kind: Ingress
metadata: { name: ${app}, namespace: ${namespace} }
spec:
  ingressClassName: nginx
  tls:
    - secretName: ${app}-tls
      hosts: [ ${app}.example.com ]
  rules:
    - host: ${app}.example.com
      http:
        paths: [{ path: /, pathType: Prefix, backend: { service: { name: ${app}, port: { name: http } } } }]
END
