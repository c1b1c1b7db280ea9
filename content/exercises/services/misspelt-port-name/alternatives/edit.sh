KUBE_EDITOR="sed -i s/${wrong}/${name}/" kubectl edit service ${app}
