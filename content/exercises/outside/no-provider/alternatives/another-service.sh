cat <<END | kubectl apply -f -
apiVersion: v1
kind: Service
metadata: { name: front, namespace: ingress-nginx }
spec:
  externalIPs: [192.168.1.3, 192.168.1.4]
  selector: { app.kubernetes.io/name: ingress-nginx, app.kubernetes.io/component: controller }
  ports:
    - { name: http, port: 80, targetPort: http }
    - { name: https, port: 443, targetPort: https }
END
