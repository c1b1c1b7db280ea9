# fails: type
kubectl create service externalname ${name} --external-name=www.${host} --namespace=${namespace}
