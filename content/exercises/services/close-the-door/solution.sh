sed -i -e 's/type: NodePort/type: ClusterIP/' -e '/nodePort:/d' service.yaml
kubectl apply -f service.yaml
