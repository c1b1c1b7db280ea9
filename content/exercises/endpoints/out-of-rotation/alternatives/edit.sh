KUBE_EDITOR="sed -i 's/^    app: ${app}$/    debug: ${app}/'" kubectl edit pod ${app}-${suffix}
