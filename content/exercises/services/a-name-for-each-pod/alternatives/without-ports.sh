cat <<EOF | kubectl create -f -
apiVersion: v1
kind: Service
metadata: { name: ${app}-${suffix} }
spec:
  clusterIP: None
  publishNotReadyAddresses: true
  selector: { app: ${app} }
EOF
