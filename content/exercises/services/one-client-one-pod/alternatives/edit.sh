KUBE_EDITOR="sed -i 's/  sessionAffinity: None/  sessionAffinity: ClientIP\n  sessionAffinityConfig: { clientIP: { timeoutSeconds: ${seconds} } }/'" kubectl edit service ${app}
