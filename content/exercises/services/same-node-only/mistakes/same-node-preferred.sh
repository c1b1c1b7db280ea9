# fails: nowhere-else policy
kubectl patch service ${app} -p '{"spec":{"trafficDistribution":"PreferSameNode"}}'
