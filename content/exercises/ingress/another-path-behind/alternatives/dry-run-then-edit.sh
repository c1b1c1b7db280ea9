kubectl create ingress ${app} --class=nginx --rule='${app}.example.com/PATH=${app}:80' --annotation='nginx.ingress.kubernetes.io/rewrite-target=/$2' --dry-run=client -o yaml > ingress.yaml
sed -i -e 's#path: /PATH#path: /${prefix}(/|$)(.*)#' -e 's/pathType: Exact/pathType: ImplementationSpecific/' ingress.yaml
kubectl create -f ingress.yaml
