# fails: name traffic type
kubectl create service externalname ${name} --external-name=www-${host} --namespace=${namespace}
