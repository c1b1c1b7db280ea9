kubectl annotate ingressclass nginx ingressclass.kubernetes.io/is-default-class=true
kubectl delete ingress ${app} ${app}-staff
kubectl create ingress ${app} --rule='${app}.example.com/*=${app}:80'
kubectl create ingress ${app}-staff --rule='staff.${app}.example.com/*=${app}-staff:80'
