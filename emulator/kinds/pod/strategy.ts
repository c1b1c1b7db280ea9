import { forbidden } from '../../api/errors.ts'
import type { StrategyContext } from '../../api/kind.ts'
import type { Container, Pod, PodSpec, ServiceAccount, Toleration, Volume } from '../../generated/types.ts'
import { serviceAccount } from '../service-account.ts'
import { qosClass } from './qos.ts'

const PODS = { group: '', plural: 'pods' }
const TOKEN_PATH = '/var/run/secrets/kubernetes.io/serviceaccount'
const VOLUME_PREFIX = 'kube-api-access-'
const SUFFIX_ALPHABET = 'bcdfghjklmnpqrstvwxz2456789'
const TOKEN_SECONDS = 3607
const EVICTION_SECONDS = 300

/**
 * A new Pod gets its first status and what the API server's admission plug-ins add: ServiceAccount, Priority and
 * DefaultTolerationSeconds (upstream: registry/core/pod/strategy.go and plugin/pkg/admission).
 */
export function preparePodForCreate(pod: Pod, context: StrategyContext): Pod {
  const { spec } = pod
  if (!spec) return pod
  const mirror = pod.metadata?.annotations?.['kubernetes.io/config.mirror'] !== undefined
  const accountName = spec.serviceAccountName || 'default'
  const account = mirror ? undefined : findAccount(pod, accountName, context)
  const withAccount = mirror
    ? spec
    : { ...spec, serviceAccount: accountName, serviceAccountName: accountName, ...pullSecrets(spec, account) }
  const prepared: PodSpec = {
    ...mountToken(withAccount, account, mirror, context),
    ...priority(pod),
    tolerations: withEvictionDelays(spec.tolerations ?? []),
  }
  return { ...pod, spec: prepared, status: { phase: 'Pending', qosClass: qosClass({ ...pod, spec: prepared }) } }
}

/** The default account may be a moment late in a new namespace; upstream waits for it, so its absence is no error here. */
function findAccount(pod: Pod, name: string, { objects }: StrategyContext): ServiceAccount | undefined {
  const namespace = pod.metadata?.namespace ?? ''
  const account = objects.get(serviceAccount, namespace, name)
  if (!account && name !== 'default')
    throw forbidden(
      PODS,
      pod.metadata?.name ?? '',
      `error looking up service account ${namespace}/${name}: serviceaccount "${name}" not found`,
    )
  return account
}

function pullSecrets(spec: PodSpec, account: ServiceAccount | undefined): Partial<PodSpec> {
  return !spec.imagePullSecrets?.length && account?.imagePullSecrets
    ? { imagePullSecrets: account.imagePullSecrets }
    : {}
}

function mountToken(
  spec: PodSpec,
  account: ServiceAccount | undefined,
  mirror: boolean,
  context: StrategyContext,
): PodSpec {
  const wanted = spec.automountServiceAccountToken ?? account?.automountServiceAccountToken ?? true
  const all = [...spec.containers, ...(spec.initContainers ?? [])]
  if (mirror || !wanted || all.every(hasTokenMount)) return spec
  const existing = spec.volumes?.find(({ name }) => name.startsWith(VOLUME_PREFIX))
  const name = existing?.name ?? `${VOLUME_PREFIX}${randomSuffix(context)}`
  const mount = (container: Container): Container =>
    hasTokenMount(container)
      ? container
      : {
          ...container,
          volumeMounts: [...(container.volumeMounts ?? []), { mountPath: TOKEN_PATH, name, readOnly: true }],
        }
  return {
    ...spec,
    containers: spec.containers.map(mount),
    ...(spec.initContainers && { initContainers: spec.initContainers.map(mount) }),
    volumes: existing ? spec.volumes : [...(spec.volumes ?? []), tokenVolume(name)],
  }
}

const hasTokenMount = ({ volumeMounts }: Container): boolean =>
  volumeMounts?.some(({ mountPath }) => mountPath === TOKEN_PATH) ?? false

function randomSuffix({ randomInt }: StrategyContext): string {
  return Array.from({ length: 5 }, () => SUFFIX_ALPHABET[randomInt('token-volumes', SUFFIX_ALPHABET.length)]).join('')
}

function tokenVolume(name: string): Volume {
  return {
    name,
    projected: {
      defaultMode: 420,
      sources: [
        { serviceAccountToken: { expirationSeconds: TOKEN_SECONDS, path: 'token' } },
        { configMap: { items: [{ key: 'ca.crt', path: 'ca.crt' }], name: 'kube-root-ca.crt' } },
        {
          downwardAPI: {
            items: [{ fieldRef: { apiVersion: 'v1', fieldPath: 'metadata.namespace' }, path: 'namespace' }],
          },
        },
      ],
    },
  }
}

/** The classes that every cluster has; PriorityClass objects are not served yet. */
const BUILT_IN_PRIORITIES = new Map([
  ['', 0],
  ['system-cluster-critical', 2000000000],
  ['system-node-critical', 2000001000],
])

function priority({ metadata, spec }: Pod): Partial<PodSpec> {
  const name = spec?.priorityClassName ?? ''
  const value = BUILT_IN_PRIORITIES.get(name)
  if (value === undefined) throw forbidden(PODS, metadata?.name ?? '', `no PriorityClass with name ${name} was found`)
  return { priority: value, preemptionPolicy: spec?.preemptionPolicy ?? 'PreemptLowerPriority' }
}

/** Pods stay five minutes on a node that stops answering, unless they say otherwise. */
function withEvictionDelays(given: readonly Toleration[]): readonly Toleration[] {
  const missing = ['not-ready', 'unreachable']
    .map((condition) => `node.kubernetes.io/${condition}`)
    .filter((key) => !given.some((toleration) => toleratesNoExecute(toleration, key)))
  return [
    ...given,
    ...missing.map((key) => ({ effect: 'NoExecute', key, operator: 'Exists', tolerationSeconds: EVICTION_SECONDS })),
  ]
}

const toleratesNoExecute = ({ key, effect }: Toleration, wanted: string): boolean =>
  (key === wanted || !key) && (effect === 'NoExecute' || !effect)
