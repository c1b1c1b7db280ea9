# fails: admin ports
sed -i '/port: ${admin}/,$d' service.yaml
kubectl apply -f service.yaml
