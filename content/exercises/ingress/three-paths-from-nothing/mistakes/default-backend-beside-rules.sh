# fails: home parts
kubectl create deployment ${site}-home --image=sysnet4admin/echo-hname
kubectl create deployment ${site}-ip --image=sysnet4admin/echo-ip
kubectl create deployment ${site}-${path} --image=gcr.io/google-samples/hello-app:1.0
kubectl scale deployment ${site}-home --replicas=${pods}
kubectl expose deployment ${site}-home --port=80
kubectl expose deployment ${site}-ip --port=80
kubectl expose deployment ${site}-${path} --port=80 --target-port=8080
kubectl apply -f https://raw.githubusercontent.com/kubernetes/ingress-nginx/controller-v1.15.1/deploy/static/provider/cloud/deploy.yaml
kubectl rollout status -n ingress-nginx deployment/ingress-nginx-controller
sleep 5
cat <<END | kubectl create -f -
apiVersion: networking.k8s.io/v1
kind: Ingress
metadata: { name: ${site} }
spec:
  ingressClassName: nginx
  defaultBackend: { service: { name: ${site}-home, port: { number: 80 } } }
  rules:
    - http:
        paths:
          - { path: /ip, pathType: Prefix, backend: { service: { name: ${site}-ip, port: { number: 80 } } } }
          - { path: /${path}, pathType: Prefix, backend: { service: { name: ${site}-${path}, port: { number: 80 } } } }
END
