kubectl create service externalname ${name} --external-name=${host} --namespace=${namespace}
