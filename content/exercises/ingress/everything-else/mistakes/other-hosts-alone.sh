# fails: paths kept
kubectl create ingress rest --class=nginx --default-backend=${rest}:80
