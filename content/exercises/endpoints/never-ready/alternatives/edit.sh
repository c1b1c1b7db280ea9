KUBE_EDITOR="sed -i -e 's|path: ${path}|path: /|' -e 's|port: ${port}|port: 80|'" kubectl edit deployment ${app}
