import { encodeBase64 } from '../api/base64.ts'
import { pemBlock } from './certificate.ts'

/** /etc/kubernetes/admin.conf as kubeadm writes it. */
export function adminKubeconfig(server: string, certificate: string): string {
  const data = (label: string, seed: string, lines: number) => encodeBase64(pemBlock(label, seed, lines))
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
    client-certificate-data: ${data('CERTIFICATE', 'kubernetes-admin', 12)}
    client-key-data: ${data('RSA PRIVATE KEY', 'kubernetes-admin-key', 16)}
`
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
