# fails: parts
kubectl create deployment ${site}-home --image=sysnet4admin/echo-hname --replicas=${pods}
kubectl create deployment ${site}-ip --image=sysnet4admin/echo-ip
kubectl create deployment ${site}-${path} --image=gcr.io/google-samples/hello-app:1.0
kubectl expose deployment ${site}-home --port=80
kubectl expose deployment ${site}-ip --port=80
kubectl expose deployment ${site}-${path} --port=80 --target-port=8080
kubectl apply -f https://raw.githubusercontent.com/kubernetes/ingress-nginx/controller-v1.15.1/deploy/static/provider/cloud/deploy.yaml
kubectl rollout status -n ingress-nginx deployment/ingress-nginx-controller
sleep 5
kubectl create ingress ${site} --class=nginx --rule='/*=${site}-home:80' --rule='/ip*=${site}-ip:80' --rule='/${path}*=${site}-${path}:80' --annotation=nginx.ingress.kubernetes.io/rewrite-target=/
