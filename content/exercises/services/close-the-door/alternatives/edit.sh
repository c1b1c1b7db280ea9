KUBE_EDITOR="sed -i -e 's/type: NodePort/type: ClusterIP/' -e 's/- nodePort: .*/- name: http/' -e '/externalTrafficPolicy:/d'" kubectl edit service ${app}
