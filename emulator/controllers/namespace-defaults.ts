import { configMap as configMapKind } from '../kinds/config-map.ts'
import { namespace as namespaceKind } from '../kinds/namespace.ts'
import { serviceAccount as serviceAccountKind } from '../kinds/service-account.ts'
import { type ControllerDefinition, defineController } from './controller.ts'
import { isDeleting, keyOf, namespaceOf } from './metadata.ts'

const rootCA = 'kube-root-ca.crt'

/** Keeps the default ServiceAccount in every namespace (upstream: pkg/controller/serviceaccount). */
export const serviceAccountController = defineController({
  name: 'service-account-controller',
  for: namespaceKind,
  watches: [{ kind: serviceAccountKind, keys: (object) => [{ namespace: undefined, name: namespaceOf(object) }] }],
  delayMs: [10, 40],
  reconcile(key, { objects }) {
    const namespace = objects.get(namespaceKind, undefined, key.name)
    if (!namespace || isDeleting(namespace) || objects.get(serviceAccountKind, key.name, 'default')) return undefined
    const metadata = { name: 'default', namespace: key.name }
    objects.create(serviceAccountKind, { apiVersion: 'v1', kind: 'ServiceAccount', metadata })
    return undefined
  },
})

/** Keeps the cluster's CA certificate in every namespace (upstream: pkg/controller/certificates/rootcacertpublisher). */
export function createRootCAPublisher(certificate: string): ControllerDefinition {
  return defineController({
    name: 'root-ca-certificate-publisher-controller',
    for: namespaceKind,
    watches: [
      {
        kind: configMapKind,
        keys: (object) => (keyOf(object).name === rootCA ? [{ namespace: undefined, name: namespaceOf(object) }] : []),
      },
    ],
    delayMs: [10, 40],
    reconcile(key, { objects }) {
      const namespace = objects.get(namespaceKind, undefined, key.name)
      if (!namespace || isDeleting(namespace)) return undefined
      const old = objects.get(configMapKind, key.name, rootCA)
      const data = { 'ca.crt': certificate }
      if (old?.data?.['ca.crt'] === certificate) return undefined
      if (old) objects.update(configMapKind, { ...old, data })
      else {
        const annotations = { 'kubernetes.io/description': description }
        const metadata = { name: rootCA, namespace: key.name, annotations }
        objects.create(configMapKind, { apiVersion: 'v1', kind: 'ConfigMap', metadata, data })
      }
      return undefined
    },
  })
}

const description =
  'Contains a CA bundle that can be used to verify the kube-apiserver when using internal endpoints such as the internal service IP or kubernetes.default.svc. No other usage is guaranteed across distributions of Kubernetes clusters.'
