import type { AdmissionPlugin, AdmissionRequest } from '../api/admission.ts'
import { forbidden } from '../api/errors.ts'
import type { Container, Pod, Volume } from '../generated/types.ts'
import { serviceAccount as serviceAccountKind } from '../kinds/service-account.ts'
import type { Random } from '../sim/types.ts'

const tokenPath = '/var/run/secrets/kubernetes.io/serviceaccount'
const suffixAlphabet = 'bcdfghjklmnpqrstvwxz2456789'

/** Gives a Pod its service account and mounts the account's token (upstream: plugin/pkg/admission/serviceaccount). */
export function serviceAccount(random: Random): AdmissionPlugin {
  return {
    name: 'ServiceAccount',
    admit(request) {
      const { operation, kind, object, subresource } = request
      if (operation !== 'CREATE' || kind.plural !== 'pods' || kind.group !== '' || !object || subresource)
        return undefined
      const pod: Pod = object
      if (!pod.spec || pod.metadata?.annotations?.['kubernetes.io/config.mirror'] !== undefined) return undefined
      return withToken(withAccount(pod, request), random)
    },
  }
}

function withAccount(pod: Pod, { kind, name, namespace, objects }: AdmissionRequest): Pod {
  const account = pod.spec?.serviceAccountName || 'default'
  const found = objects.get(serviceAccountKind, namespace, account)
  // A controller makes `default` within moments of its namespace; who comes in between would only have to try again.
  if (!found && account !== 'default') {
    const qualified = `${namespace}/${account}`
    throw forbidden(kind, name, `error looking up service account ${qualified}: serviceaccount "${account}" not found`)
  }
  const spec = { ...pod.spec, containers: pod.spec?.containers ?? [] }
  return { ...pod, spec: { ...spec, serviceAccountName: account, serviceAccount: account } }
}

function withToken(pod: Pod, random: Random): Pod {
  const { spec } = pod
  if (!spec || spec.automountServiceAccountToken === false) return pod
  const containers = [...spec.containers, ...(spec.initContainers ?? [])]
  if (containers.every((container) => container.volumeMounts?.some(({ mountPath }) => mountPath === tokenPath)))
    return pod
  const existing = spec.volumes?.find(({ name }) => name.startsWith('kube-api-access-'))
  const volume = existing ?? tokenVolume(random)
  const mounted = (container: Container): Container =>
    container.volumeMounts?.some(({ mountPath }) => mountPath === tokenPath)
      ? container
      : {
          ...container,
          volumeMounts: [
            ...(container.volumeMounts ?? []),
            { name: volume.name, readOnly: true, mountPath: tokenPath },
          ],
        }
  return {
    ...pod,
    spec: {
      ...spec,
      containers: spec.containers.map(mounted),
      ...(spec.initContainers && { initContainers: spec.initContainers.map(mounted) }),
      ...(!existing && { volumes: [...(spec.volumes ?? []), volume] }),
    },
  }
}

function tokenVolume(random: Random): Volume {
  const stream = random.fork('token-volumes')
  const suffix = Array.from({ length: 5 }, () => suffixAlphabet[stream.int(suffixAlphabet.length)]).join('')
  return {
    name: `kube-api-access-${suffix}`,
    projected: {
      defaultMode: 420,
      sources: [
        { serviceAccountToken: { expirationSeconds: 3607, path: 'token' } },
        { configMap: { name: 'kube-root-ca.crt', items: [{ key: 'ca.crt', path: 'ca.crt' }] } },
        {
          downwardAPI: {
            items: [{ path: 'namespace', fieldRef: { apiVersion: 'v1', fieldPath: 'metadata.namespace' } }],
          },
        },
      ],
    },
  }
}
