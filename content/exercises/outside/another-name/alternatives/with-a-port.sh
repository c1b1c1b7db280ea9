kubectl config set-context --current --namespace=${namespace}
kubectl create service externalname ${name} --external-name=${host} --tcp=80:80
