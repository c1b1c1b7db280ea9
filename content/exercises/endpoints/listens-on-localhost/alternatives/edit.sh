KUBE_EDITOR="sed -i s/127.0.0.1/0.0.0.0/" kubectl edit deployment ${app}
