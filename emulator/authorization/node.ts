/** What kubelets may do, each on behalf of its own node (upstream: plugin/pkg/auth/authorizer/node/node_authorizer.go). */
import type { AccessAttributes, AccessDecision, Authorizer, ResourceAccess } from '../api/authorizer.ts'
import type { Store } from '../api/store.ts'
import type { UserInfo } from '../api/types.ts'
import type { Pod, PolicyRule } from '../generated/types.ts'
import { type Reference, referencesOf } from './pod-references.ts'
import { ruleAllows } from './rules.ts'

const PREFIX = 'system:node:'

/** The node that a user is; empty for a member of their group that says no name, `undefined` for everybody else (upstream: pkg/auth/nodeidentifier). */
export function nodeOf({ name, groups }: UserInfo): string | undefined {
  if (!name.startsWith(PREFIX) || !groups.includes('system:nodes')) return undefined
  return name.slice(PREFIX.length)
}

const rule = (verbs: string, apiGroups: string, resources: string): PolicyRule => ({
  verbs: verbs.split(' '),
  apiGroups: [apiGroups],
  resources: resources.split(' '),
})
const READ = 'get list watch'

/** What all of them may do alike (upstream: rbac/bootstrappolicy NodeRules). */
const RULES: readonly PolicyRule[] = [
  rule('create', 'authentication.k8s.io', 'tokenreviews'),
  rule('create', 'authorization.k8s.io', 'subjectaccessreviews localsubjectaccessreviews'),
  rule(READ, '', 'services'),
  rule('create update patch', '', 'events'),
  rule('create update patch', 'events.k8s.io', 'events'),
  rule(`create ${READ}`, 'certificates.k8s.io', 'certificatesigningrequests'),
  rule('get', '', 'endpoints'),
  rule(READ, 'storage.k8s.io', 'csidrivers'),
  rule(READ, 'node.k8s.io', 'runtimeclasses'),
]

type Answer = string | true

const UNRELATED = (node: string): string => `no relationship found between node '${node}' and this object`

export function createNodeAuthorizer(store: Pick<Store, 'get' | 'list'>): Authorizer {
  const related = (node: string, wanted: Reference['resource'], { namespace, name }: ResourceAccess): Answer => {
    if (name === '') return 'No Object name found'
    const pods = store.list('pods', namespace === '' ? undefined : namespace) as readonly Pod[]
    const found = pods.some(
      (pod) =>
        pod.spec?.nodeName === node &&
        referencesOf(pod).some(({ resource, name: other }) => resource === wanted && other === name),
    )
    return found || UNRELATED(node)
  }
  const podOn = (node: string, { namespace, name }: ResourceAccess): Answer => {
    const pod = store.get('pods', `${namespace}/${name}`) as Pod | undefined
    return pod?.spec?.nodeName === node || UNRELATED(node)
  }
  const ask = (node: string, attributes: AccessAttributes): Answer => {
    const { verb, resource } = attributes
    const key = resource ? `${resource.resource}.${resource.group}` : ''
    const decide = SUBDIVIDED.get(key)
    if (resource && decide) return decide({ node, verb, resource, fields: attributes.fields ?? '', related, podOn })
    return RULES.some((one) => ruleAllows(one, attributes)) || ''
  }
  return {
    authorize(attributes): AccessDecision {
      const node = nodeOf(attributes.user)
      if (node === undefined) return { allowed: false, reason: '' }
      const answer = node === '' ? `unknown node for user "${attributes.user.name}"` : ask(node, attributes)
      return answer === true ? { allowed: true, reason: '' } : { allowed: false, reason: answer }
    },
    rulesFor: () => [],
  }
}

interface Question {
  readonly node: string
  readonly verb: string
  readonly resource: ResourceAccess
  readonly fields: string
  readonly related: (node: string, wanted: Reference['resource'], resource: ResourceAccess) => Answer
  readonly podOn: (node: string, resource: ResourceAccess) => Answer
}

const readOf =
  (wanted: Reference['resource']) =>
  ({ node, verb, resource, related }: Question): Answer => {
    if (!READ.split(' ').includes(verb)) return 'can only read resources of this type'
    if (resource.subresource !== '') return 'cannot read subresource'
    if (resource.namespace === '') return 'can only read namespaced object of this type'
    return related(node, wanted, resource)
  }

const getOf =
  (wanted: Reference['resource']) =>
  ({ node, verb, resource, related }: Question): Answer => {
    if (verb !== 'get') return 'can only get individual resources of this type'
    return resource.subresource === '' ? related(node, wanted, resource) : 'cannot get subresource'
  }

const OWN = 'get create update patch delete'

function ownLease({ node, verb, resource }: Question): Answer {
  if (!OWN.split(' ').includes(verb)) return 'can only get, create, update, patch, or delete a node lease'
  if (resource.namespace !== 'kube-node-lease')
    return 'can only access leases in the "kube-node-lease" system namespace'
  return verb === 'create' || resource.name === node
    ? true
    : 'can only access node lease with the same name as the requesting node'
}

function ownCSINode({ node, verb, resource }: Question): Answer {
  if (!OWN.split(' ').includes(verb)) return 'can only get, create, update, patch, or delete a CSINode'
  if (resource.subresource !== '') return 'cannot authorize CSINode subresources'
  return verb === 'create' || resource.name === node
    ? true
    : 'can only access CSINode with the same name as the requesting node'
}

function ownNode({ node, verb, resource: { subresource, name } }: Question): Answer {
  if (subresource === 'status') return ['update', 'patch'].includes(verb) || ''
  if (subresource !== '') return ''
  if (['create', 'update', 'patch'].includes(verb)) return true
  if (!READ.split(' ').includes(verb)) return ''
  if (name === node) return true
  return name === ''
    ? `node '${node}' cannot read all nodes, only its own Node object`
    : `node '${node}' cannot read '${name}', only its own Node object`
}

function ownPods({ node, verb, resource, fields, podOn }: Question): Answer {
  const { subresource, name } = resource
  if (subresource === 'status') return ['update', 'patch'].includes(verb) || ''
  if (subresource === 'eviction') return verb === 'create' || ''
  if (subresource !== '') return ''
  if (verb === 'create' || verb === 'delete') return true
  if (verb === 'get') return podOn(node, resource)
  if (verb !== 'list' && verb !== 'watch') return ''
  if (fields.split(',').some((one) => one === `spec.nodeName=${node}` || one === `spec.nodeName==${node}`)) return true
  return name === '' ? 'can only list/watch pods with spec.nodeName field selector' : podOn(node, resource)
}

function ownTokens({ node, verb, resource, related }: Question): Answer {
  if (verb !== 'create' || resource.name === '') return 'can only create tokens for individual service accounts'
  return resource.subresource === 'token'
    ? related(node, 'serviceaccounts', resource)
    : 'can only create token subresource of serviceaccount'
}

/** Resources that a node may see in part only. */
const SUBDIVIDED: ReadonlyMap<string, (question: Question) => Answer> = new Map([
  ['secrets.', readOf('secrets')],
  ['configmaps.', readOf('configmaps')],
  ['persistentvolumeclaims.', getOf('persistentvolumeclaims')],
  ['persistentvolumes.', getOf('persistentvolumes')],
  ['resourceclaims.resource.k8s.io', getOf('resourceclaims')],
  ['volumeattachments.storage.k8s.io', getOf('volumeattachments')],
  ['serviceaccounts.', ownTokens],
  ['leases.coordination.k8s.io', ownLease],
  ['csinodes.storage.k8s.io', ownCSINode],
  ['nodes.', ownNode],
  ['pods.', ownPods],
])
