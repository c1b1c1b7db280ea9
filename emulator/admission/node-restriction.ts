import type { AdmissionPlugin, AdmissionRequest } from '../api/admission.ts'
import { forbidden } from '../api/errors.ts'
import { jsonEqual } from '../api/json.ts'
import { nodeOf } from '../authorization/node.ts'
import { referencesOf } from '../authorization/pod-references.ts'
import type { Node, Pod } from '../generated/types.ts'
import { node as nodeKind } from '../kinds/node.ts'

const MIRROR = 'kubernetes.io/config.mirror'

/** Kubelets change their own node and the Pods on it, and nothing else (upstream: plugin/pkg/admission/noderestriction). */
export const nodeRestriction: AdmissionPlugin = {
  name: 'NodeRestriction',
  admit(request) {
    if (request.operation !== 'DELETE') check(request)
    return undefined
  },
  validate(request) {
    if (request.operation === 'DELETE') check(request)
  },
}

function check(request: AdmissionRequest): void {
  const node = nodeOf(request.user)
  if (node === undefined) return
  const why =
    node === ''
      ? `could not determine node from user "${request.user.name}"`
      : RESTRICTED.get(key(request))?.(node, request)
  if (why !== undefined) throw forbidden(request.kind, request.name, why)
}

const key = ({ kind }: AdmissionRequest): string => `${kind.plural}.${kind.group}`

type Restriction = (node: string, request: AdmissionRequest) => string | undefined

function podProblem(node: string, request: AdmissionRequest): string | undefined {
  const { operation, subresource } = request
  const old = request.old as Pod | undefined
  if (subresource === 'status') return statusProblem(node, request)
  if (subresource !== undefined && subresource !== 'eviction')
    return `unexpected pod subresource "${subresource}", only 'status' and 'eviction' are allowed`
  if (operation === 'CREATE') return mirrorProblem(node, request)
  if (operation === 'DELETE')
    return old?.spec?.nodeName === node
      ? undefined
      : `node "${node}" can only delete pods with spec.nodeName set to itself`
  return `unexpected operation "${operation}", node "${node}" can only create and delete mirror pods`
}

function statusProblem(node: string, { object, old }: AdmissionRequest): string | undefined {
  if ((old as Pod | undefined)?.spec?.nodeName !== node)
    return `node "${node}" can only update pod status for pods with spec.nodeName set to itself`
  return jsonEqual(object?.metadata?.labels ?? {}, old?.metadata?.labels ?? {})
    ? undefined
    : `node "${node}" cannot update labels through pod status`
}

function mirrorProblem(node: string, request: AdmissionRequest): string | undefined {
  const pod = request.object as Pod | undefined
  const { ownerReferences: owners = [], annotations } = pod?.metadata ?? {}
  if (annotations?.[MIRROR] === undefined)
    return `pod does not have "${MIRROR}" annotation, node "${node}" can only create mirror pods`
  const can = `node "${node}" can only create pods with`
  if (pod?.spec?.nodeName !== node) return `${can} spec.nodeName set to itself`
  const [owner, ...more] = owners
  if (more.length > 0) return `${can} a single owner reference set to itself`
  if (owner?.apiVersion !== 'v1' || owner.kind !== 'Node' || owner.name !== node)
    return `${can} an owner reference set to itself`
  if (!owner.controller) return `${can} a controller owner reference set to itself`
  if (owner.blockOwnerDeletion) return `node "${node}" must not set blockOwnerDeletion on an owner reference`
  const uid = request.objects.get(nodeKind, undefined, node)?.metadata?.uid ?? ''
  if (owner.uid !== uid) return `node ${node} UID mismatch: expected ${owner.uid} got ${uid}`
  return referenceProblem(node, pod)
}

const REFERENCED = new Map([
  ['serviceaccounts', 'a service account'],
  ['secrets', 'secrets'],
  ['configmaps', 'configmaps'],
  ['persistentvolumeclaims', 'persistentvolumeclaims'],
])

function referenceProblem(node: string, pod: Pod): string | undefined {
  const named = new Set<string>(referencesOf(pod).map(({ resource }) => resource))
  const first = [...REFERENCED].find(([resource]) => named.has(resource))
  return first && `node "${node}" can not create pods that reference ${first[1]}`
}

function nodeProblem(node: string, { name, operation, object, old }: AdmissionRequest): string | undefined {
  if (name !== node) return `node "${node}" is not allowed to modify node "${name}"`
  const [next, before] = [object as Node | undefined, old as Node | undefined]
  if (operation === 'UPDATE' && !jsonEqual(next?.spec?.taints ?? [], before?.spec?.taints ?? []))
    return `node "${node}" is not allowed to modify taints`
  const labels = forbiddenLabels(next?.metadata?.labels ?? {}, before?.metadata?.labels ?? {})
  if (labels.length === 0) return undefined
  return operation === 'CREATE'
    ? `node "${node}" is not allowed to set the following labels: ${labels.join(', ')}`
    : `is not allowed to modify labels: ${labels.join(', ')}`
}

type Labels = { readonly [key: string]: string }

/** Labels that are a kubelet's to set (upstream: k8s.io/kubelet/pkg/apis/well_known_labels.go). */
const KUBELET_LABELS = new Set([
  'kubernetes.io/hostname',
  'topology.kubernetes.io/zone',
  'topology.kubernetes.io/region',
  'failure-domain.beta.kubernetes.io/zone',
  'failure-domain.beta.kubernetes.io/region',
  'node.kubernetes.io/instance-type',
  'beta.kubernetes.io/instance-type',
  'kubernetes.io/os',
  'kubernetes.io/arch',
  'beta.kubernetes.io/os',
  'beta.kubernetes.io/arch',
])
const KUBELET_DOMAINS = ['kubelet.kubernetes.io', 'node.kubernetes.io']

const isWithin = (domain: string, parent: string): boolean => domain === parent || domain.endsWith(`.${parent}`)

function forbiddenLabels(next: Labels, before: Labels): readonly string[] {
  const names = [...new Set([...Object.keys(next), ...Object.keys(before)])].filter(
    (name) => next[name] !== before[name],
  )
  return names.sort().filter((name) => {
    const domain = name.includes('/') ? (name.split('/')[0] ?? '') : ''
    if (isWithin(domain, 'node-restriction.kubernetes.io')) return true
    if (!isWithin(domain, 'kubernetes.io') && !isWithin(domain, 'k8s.io')) return false
    return !KUBELET_LABELS.has(name) && !KUBELET_DOMAINS.some((parent) => isWithin(domain, parent))
  })
}

function leaseProblem(node: string, { namespace, name, object, operation }: AdmissionRequest): string | undefined {
  if (namespace !== 'kube-node-lease') return 'can only access leases in the "kube-node-lease" system namespace'
  return (operation === 'CREATE' ? object?.metadata?.name : name) === node
    ? undefined
    : 'can only access node lease with the same name as the requesting node'
}

const csiNodeProblem: Restriction = (node, { name }) =>
  name === node ? undefined : 'can only access CSINode with the same name as the requesting node'

const RESTRICTED: ReadonlyMap<string, Restriction> = new Map([
  ['pods.', podProblem],
  ['nodes.', nodeProblem],
  [
    'persistentvolumeclaims.',
    (_node, { subresource }) => (subresource === 'status' ? undefined : 'may only update PVC status'),
  ],
  ['leases.coordination.k8s.io', leaseProblem],
  ['csinodes.storage.k8s.io', csiNodeProblem],
])
