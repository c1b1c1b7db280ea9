sed -i -e 's/- port: 80$/- name: http\n      port: 80/' -e 's/- port: ${admin}$/- name: admin-pages\n      port: ${admin}/' service.yaml
kubectl create -f service.yaml
