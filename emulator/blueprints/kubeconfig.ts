import { encodeBase64 } from '../api/base64.ts'
import { keyFrom, keyPem } from '../authentication/private-key.ts'
import { adminKeySeed } from './certificate.ts'

/** /etc/kubernetes/admin.conf as kubeadm writes it. */
export function adminKubeconfig(server: string, certificate: string, admin: string): string {
  return `apiVersion: v1
clusters:
- cluster:
    certificate-authority-data: ${encodeBase64(certificate)}
    server: ${server}
  name: kubernetes
contexts:
- context:
    cluster: kubernetes
    user: kubernetes-admin
  name: kubernetes-admin@kubernetes
current-context: kubernetes-admin@kubernetes
kind: Config
users:
- name: kubernetes-admin
  user:
    client-certificate-data: ${encodeBase64(admin)}
    client-key-data: ${encodeBase64(keyPem(keyFrom(adminKeySeed), 'traditional'))}
`
}

/** A component's own kubeconfig; `user` holds the fields that say who it is. */
export function componentKubeconfig(
  server: string,
  certificate: string,
  name: string,
  user: { readonly [field: string]: string },
): string {
  const fields = Object.entries(user).map(([field, value]) => `    ${field}: ${value}\n`)
  return `apiVersion: v1
clusters:
- cluster:
    certificate-authority-data: ${encodeBase64(certificate)}
    server: ${server}
  name: kubernetes
contexts:
- context:
    cluster: kubernetes
    user: ${name}
  name: ${name}@kubernetes
current-context: ${name}@kubernetes
kind: Config
users:
- name: ${name}
  user:
${fields.join('')}`
}

/** The part of it that nodes may read before they have joined. */
export function clusterInfoKubeconfig(server: string, certificate: string): string {
  return `apiVersion: v1
clusters:
- cluster:
    certificate-authority-data: ${encodeBase64(certificate)}
    server: ${server}
  name: ""
contexts: null
current-context: ""
kind: Config
users: null
`
}

/** What kube-proxy's Pods use: the token that they mount. */
export function proxyKubeconfig(server: string): string {
  const secrets = '/var/run/secrets/kubernetes.io/serviceaccount'
  return `apiVersion: v1
kind: Config
clusters:
- cluster:
    certificate-authority: ${secrets}/ca.crt
    server: ${server}
  name: default
contexts:
- context:
    cluster: default
    namespace: default
    user: default
  name: default
current-context: default
users:
- name: default
  user:
    tokenFile: ${secrets}/token`
}
