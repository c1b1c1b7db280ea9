kubectl apply -f https://raw.githubusercontent.com/kubernetes/ingress-nginx/controller-v1.15.1/deploy/static/provider/cloud/deploy.yaml
kubectl rollout status -n ingress-nginx deployment/ingress-nginx-controller
sleep 5
cat > all.yaml <<END
apiVersion: apps/v1
kind: Deployment
metadata: { name: ${site}-home }
spec:
  replicas: ${pods}
  selector: { matchLabels: { page: home } }
  template: { metadata: { labels: { page: home } }, spec: { containers: [{ name: web, image: sysnet4admin/echo-hname }] } }
---
apiVersion: apps/v1
kind: Deployment
metadata: { name: ${site}-ip }
spec:
  selector: { matchLabels: { page: ip } }
  template: { metadata: { labels: { page: ip } }, spec: { containers: [{ name: web, image: sysnet4admin/echo-ip }] } }
---
apiVersion: apps/v1
kind: Deployment
metadata: { name: ${site}-${path} }
spec:
  selector: { matchLabels: { page: third } }
  template:
    metadata: { labels: { page: third } }
    spec: { containers: [{ name: web, image: "gcr.io/google-samples/hello-app:1.0", ports: [{ name: http, containerPort: 8080 }] }] }
---
apiVersion: v1
kind: Service
metadata: { name: ${site}-home }
spec: { selector: { page: home }, ports: [{ name: http, port: 80 }] }
---
apiVersion: v1
kind: Service
metadata: { name: ${site}-ip }
spec: { selector: { page: ip }, ports: [{ name: http, port: 80 }] }
---
apiVersion: v1
kind: Service
metadata: { name: ${site}-${path} }
spec: { selector: { page: third }, ports: [{ name: http, port: 80, targetPort: http }] }
---
apiVersion: networking.k8s.io/v1
kind: Ingress
metadata: { name: ${site} }
spec:
  ingressClassName: nginx
  rules:
    - http:
        paths:
          - { path: /, pathType: Prefix, backend: { service: { name: ${site}-home, port: { name: http } } } }
          - { path: /ip, pathType: Prefix, backend: { service: { name: ${site}-ip, port: { name: http } } } }
          - { path: /${path}, pathType: Exact, backend: { service: { name: ${site}-${path}, port: { name: http } } } }
END
kubectl apply -f all.yaml
