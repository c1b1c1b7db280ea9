kubectl create deployment ${app}-canary --image=gcr.io/google-samples/hello-app:2.0 --replicas=$((${total} / 5)) --dry-run=client -o yaml | sed 's/^\( *\)app: ${app}-canary$/\1app: ${app}\n\1version: v2/' | kubectl create -f -
kubectl scale deployment ${app} --replicas=$((${total} * 4 / 5))
kubectl delete service ${app}
cat <<END | kubectl create -f -
apiVersion: v1
kind: Service
metadata: { name: ${app} }
spec:
  type: NodePort
  selector: { app: ${app} }
  ports: [{ name: http, port: 80, targetPort: 8080, nodePort: ${nodePort} }]
END
