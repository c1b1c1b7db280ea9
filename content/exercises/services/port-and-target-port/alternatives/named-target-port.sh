cat <<EOF | kubectl create -f -
apiVersion: v1
kind: Service
metadata: { name: ${app}-front, labels: { made: by-hand } }
spec:
  type: NodePort
  selector: { service: ${app}, layer: api }
  ports: [{ name: web, port: ${port}, targetPort: http, nodePort: ${nodePort} }]
EOF
