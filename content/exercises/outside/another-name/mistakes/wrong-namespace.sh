# fails: name traffic type
kubectl create service externalname ${name} --external-name=${host}
