# fails: workers controlplane pods policy
kubectl scale deployment ${app} --replicas=3
