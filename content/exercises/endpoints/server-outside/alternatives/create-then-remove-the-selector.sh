kubectl create service clusterip ${app} --tcp=${port}:80 --dry-run=client -o yaml > service.yaml
sed -i '/selector:/,/app:/d' service.yaml
kubectl create -f service.yaml
cat <<EOF | kubectl create -f -
apiVersion: discovery.k8s.io/v1
kind: EndpointSlice
metadata:
  name: ${app}-1
  labels: { kubernetes.io/service-name: ${app} }
addressType: IPv4
ports: [{ name: ${port}-80, port: 80 }]
endpoints: [{ addresses: [93.184.215.14] }]
EOF
