# fails: public staff public-rule staff-rule
kubectl annotate ingressclass nginx ingressclass.kubernetes.io/is-default-class=true
