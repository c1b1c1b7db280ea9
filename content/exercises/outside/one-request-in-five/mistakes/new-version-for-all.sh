# fails: both share total
kubectl set image deployment ${app} hello-app=gcr.io/google-samples/hello-app:2.0 web=gcr.io/google-samples/hello-app:2.0
