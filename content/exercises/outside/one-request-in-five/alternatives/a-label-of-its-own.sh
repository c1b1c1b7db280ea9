kubectl patch deployment ${app} -p '{"spec":{"template":{"metadata":{"labels":{"behind":"${app}"}}}}}'
kubectl scale deployment ${app} --replicas=$((${total} * 4 / 5))
kubectl create deployment ${app}-canary --image=gcr.io/google-samples/hello-app:2.0 --replicas=$((${total} / 5))
kubectl patch deployment ${app}-canary -p '{"spec":{"template":{"metadata":{"labels":{"behind":"${app}"}}}}}'
kubectl rollout status deployment ${app}
kubectl rollout status deployment ${app}-canary
kubectl set selector service ${app} behind=${app}
