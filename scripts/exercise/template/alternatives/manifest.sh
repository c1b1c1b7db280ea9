# ✎ another right way
cat <<EOF | kubectl apply -f -
apiVersion: v1
kind: Service
metadata: { name: "${app}" }
spec: { selector: { app: "${app}" }, ports: [{ port: 80 }] }
EOF
