import type { DescribeContext } from '../../api/kind.ts'
import { canonicalQuantity } from '../../api/quantity.ts'
import type { Lease, Node, Pod } from '../../generated/types.ts'
import { eventsAbout, eventTable } from '../describe/events.ts'
import { annotationLines, indent, labelLines, titled } from '../describe/lines.ts'
import { byBytes } from '../format/labels.ts'
import { rfc1123 } from '../format/time.ts'
import { podTableLines } from './describe-pods.ts'
import { nodeRoles } from './roles.ts'

/** `kubectl describe node` (upstream: k8s.io/kubectl/pkg/describe/describe.go describeNode). */
export function describeNode(node: Node, context: DescribeContext): readonly string[] {
  const { metadata, spec, status } = node
  return [
    `Name:\t${metadata?.name ?? ''}`,
    `Roles:\t${nodeRoles(node).join(',') || '<none>'}`,
    ...labelLines('Labels', metadata?.labels),
    ...annotationLines('Annotations', metadata?.annotations),
    `CreationTimestamp:\t${rfc1123(metadata?.creationTimestamp)}`,
    ...taintLines(node),
    `Unschedulable:\t${spec?.unschedulable ?? false}`,
    ...leaseLines(node, context),
    ...conditionLines(node),
    'Addresses:',
    ...indent(
      1,
      (status?.addresses ?? []).map(({ type, address }) => `${type}:\t${address}`),
    ),
    ...amountLines('Capacity', status?.capacity),
    ...amountLines('Allocatable', status?.allocatable),
    ...systemLines(node),
    ...(spec?.podCIDR ? [`PodCIDR:\t${spec.podCIDR}`] : []),
    ...(spec?.podCIDRs?.length ? [`PodCIDRs:\t${spec.podCIDRs.join(',')}`] : []),
    ...(spec?.providerID ? [`ProviderID:\t${spec.providerID}`] : []),
    ...podTableLines(node, podsOf(node, context), context.now),
    ...nodeEventLines(node, context),
  ]
}

function taintLines({ spec }: Node): readonly string[] {
  const text = (spec?.taints ?? [])
    .map(({ key, value, effect }) => `${key}${value ? `=${value}` : ''}:${effect}`)
    .sort(byBytes)
  return titled('Taints', text)
}

function leaseLines({ metadata }: Node, context: DescribeContext): readonly string[] {
  const lease = context
    .list<Lease>('leases.coordination.k8s.io', { namespace: 'kube-node-lease' })
    .find((candidate) => candidate.metadata?.name === metadata?.name)
  if (!lease) return []
  const { holderIdentity, acquireTime, renewTime } = lease.spec ?? {}
  const time = (timestamp: string | undefined): string => (timestamp ? rfc1123(timestamp) : '<unset>')
  return [
    'Lease:',
    ...indent(1, [
      `HolderIdentity:\t${holderIdentity ?? '<unset>'}`,
      `AcquireTime:\t${time(acquireTime)}`,
      `RenewTime:\t${time(renewTime)}`,
    ]),
  ]
}

function conditionLines({ status }: Node): readonly string[] {
  if (!status?.conditions?.length) return []
  const rows = status.conditions.map((condition) =>
    [
      `${condition.type} `,
      `${condition.status} `,
      `${rfc1123(condition.lastHeartbeatTime)} `,
      `${rfc1123(condition.lastTransitionTime)} `,
      `${condition.reason ?? ''} `,
      condition.message ?? '',
    ].join('\t'),
  )
  const header = [
    'Type\tStatus\tLastHeartbeatTime\tLastTransitionTime\tReason\tMessage',
    '----\t------\t-----------------\t------------------\t------\t-------',
  ]
  return ['Conditions:', ...indent(1, [...header, ...rows])]
}

function amountLines(title: string, amounts: { readonly [name: string]: string } | undefined): readonly string[] {
  const names = Object.keys(amounts ?? {}).sort(byBytes)
  if (names.length === 0) return []
  return [
    `${title}:`,
    ...indent(
      1,
      names.map((name) => `${name}:\t${canonicalQuantity(amounts?.[name] ?? '')}`),
    ),
  ]
}

function systemLines({ status }: Node): readonly string[] {
  const system = status?.nodeInfo
  return [
    'System Info:',
    ...indent(1, [
      `Machine ID:\t${system?.machineID ?? ''}`,
      `System UUID:\t${system?.systemUUID ?? ''}`,
      `Boot ID:\t${system?.bootID ?? ''}`,
      `Kernel Version:\t${system?.kernelVersion ?? ''}`,
      `OS Image:\t${system?.osImage ?? ''}`,
      `Operating System:\t${system?.operatingSystem ?? ''}`,
      `Architecture:\t${system?.architecture ?? ''}`,
      `Container Runtime Version:\t${system?.containerRuntimeVersion ?? ''}`,
      `Kubelet Version:\t${system?.kubeletVersion ?? ''}`,
      `Kube-Proxy Version:\t${system?.kubeProxyVersion ?? ''}`,
    ]),
  ]
}

const podsOf = ({ metadata }: Node, context: DescribeContext): readonly Pod[] =>
  context.list<Pod>('pods', {
    fields: `spec.nodeName=${metadata?.name ?? ''},status.phase!=Succeeded,status.phase!=Failed`,
  })

/** The kubelet names nodes by name where a uid belongs, other components by uid: both are asked for. */
function nodeEventLines({ metadata }: Node, context: DescribeContext): readonly string[] {
  if (!context.showEvents) return []
  const name = metadata?.name ?? ''
  const about = (uid: string | undefined) => eventsAbout(context, { kind: 'Node', name, namespace: '', uid })
  return eventTable([...about(name), ...about(metadata?.uid)], context.now)
}
