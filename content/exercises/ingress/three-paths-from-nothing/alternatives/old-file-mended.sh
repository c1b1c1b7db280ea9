kubectl create deployment ${site}-home --image=sysnet4admin/echo-hname --replicas=${pods}
kubectl create deployment ${site}-ip --image=sysnet4admin/echo-ip
kubectl create deployment ${site}-${path} --image=gcr.io/google-samples/hello-app:1.0
kubectl create service clusterip ${site}-home --tcp=80
kubectl create service clusterip ${site}-ip --tcp=80
kubectl create service clusterip ${site}-${path} --tcp=80:8080
kubectl apply -f https://raw.githubusercontent.com/kubernetes/ingress-nginx/controller-v1.15.1/deploy/static/provider/cloud/deploy.yaml
kubectl rollout status -n ingress-nginx deployment/ingress-nginx-controller
sleep 5
sed -e 's/v1beta1/v1/' -e '/annotations:/d' -e '/rewrite-target/d' -e 's#path: .*everything else#path: /#' -e 's#^\( *\)serviceName: \(.*\)#\1service: { name: \2, port: { number: 80 } }#' -e '/servicePort/d' -e 's#^      - path: .*#&\n        pathType: Prefix#' -e 's/^spec:/&\n  ingressClassName: nginx/' ingress-2020.yaml > ingress.yaml
kubectl apply -f ingress.yaml
