/** The flow schemas and priority levels that every API server keeps (upstream: apiserver/pkg/apis/flowcontrol/bootstrap). */
import type {
  FlowcontrolV1Subject,
  FlowSchema,
  PolicyRulesWithSubjects,
  PriorityLevelConfiguration,
} from '../generated/types.ts'

const annotations = { 'apf.kubernetes.io/autoupdate-spec': 'true' }
const GROUP = 'flowcontrol.apiserver.k8s.io/v1'

interface Queues {
  readonly queues: number
  readonly handSize: number
}

function limited(name: string, shares: number, lendable: number, queues?: Queues): PriorityLevelConfiguration {
  return {
    apiVersion: GROUP,
    kind: 'PriorityLevelConfiguration',
    metadata: { name, annotations },
    spec: {
      type: 'Limited',
      limited: {
        nominalConcurrencyShares: shares,
        lendablePercent: lendable,
        limitResponse: queues ? { type: 'Queue', queuing: { ...queues, queueLengthLimit: 50 } } : { type: 'Reject' },
      },
    },
  }
}

export const priorityLevels: readonly PriorityLevelConfiguration[] = [
  {
    apiVersion: GROUP,
    kind: 'PriorityLevelConfiguration',
    metadata: { name: 'exempt', annotations },
    spec: { type: 'Exempt' },
  },
  limited('catch-all', 5, 0),
  limited('global-default', 20, 50, { queues: 128, handSize: 6 }),
  limited('leader-election', 10, 0, { queues: 16, handSize: 4 }),
  limited('node-high', 40, 25, { queues: 64, handSize: 6 }),
  limited('system', 30, 33, { queues: 64, handSize: 6 }),
  limited('workload-high', 40, 50, { queues: 128, handSize: 6 }),
  limited('workload-low', 100, 90, { queues: 128, handSize: 6 }),
]

const group = (name: string): FlowcontrolV1Subject => ({ kind: 'Group', group: { name } })
const user = (name: string): FlowcontrolV1Subject => ({ kind: 'User', user: { name } })
const account = (namespace: string, name: string): FlowcontrolV1Subject => ({
  kind: 'ServiceAccount',
  serviceAccount: { namespace, name },
})

const everything = (subjects: readonly FlowcontrolV1Subject[]): PolicyRulesWithSubjects => ({
  subjects,
  resourceRules: [{ verbs: ['*'], apiGroups: ['*'], resources: ['*'], clusterScope: true, namespaces: ['*'] }],
  nonResourceRules: [{ verbs: ['*'], nonResourceURLs: ['*'] }],
})

const onLeases = (
  subjects: readonly FlowcontrolV1Subject[],
  namespaces: readonly string[],
): PolicyRulesWithSubjects => ({
  subjects,
  resourceRules: [
    { verbs: ['get', 'create', 'update'], apiGroups: ['coordination.k8s.io'], resources: ['leases'], namespaces },
  ],
})

function schema(
  name: string,
  level: string,
  matchingPrecedence: number,
  method: 'ByUser' | 'ByNamespace' | undefined,
  rule: PolicyRulesWithSubjects,
): FlowSchema {
  return {
    apiVersion: GROUP,
    kind: 'FlowSchema',
    metadata: { name, annotations },
    spec: {
      priorityLevelConfiguration: { name: level },
      matchingPrecedence,
      ...(method && { distinguisherMethod: { type: method } }),
      rules: [rule],
    },
  }
}

const nodes = group('system:nodes')
const accounts = group('system:serviceaccounts')
const all = [group('system:unauthenticated'), group('system:authenticated')]
const manager = [user('system:kube-controller-manager')]
const scheduler = [user('system:kube-scheduler')]

const onEndpoints: PolicyRulesWithSubjects = {
  subjects: [
    ...manager,
    account('kube-system', 'endpoint-controller'),
    account('kube-system', 'endpointslicemirroring-controller'),
  ],
  resourceRules: [
    { verbs: ['get', 'create', 'update'], apiGroups: [''], resources: ['endpoints'], namespaces: ['*'] },
    {
      verbs: ['get', 'create', 'update'],
      apiGroups: ['discovery.k8s.io'],
      resources: ['endpointslices'],
      namespaces: ['*'],
    },
  ],
}

const probes: PolicyRulesWithSubjects = {
  subjects: all,
  nonResourceRules: [{ verbs: ['get'], nonResourceURLs: ['/healthz', '/readyz', '/livez'] }],
}

const onNodes: PolicyRulesWithSubjects = {
  subjects: [nodes],
  resourceRules: [
    { verbs: ['*'], apiGroups: [''], resources: ['nodes', 'nodes/status'], clusterScope: true, namespaces: ['*'] },
    { verbs: ['*'], apiGroups: ['coordination.k8s.io'], resources: ['leases'], namespaces: ['*'] },
  ],
}

export const flowSchemas: readonly FlowSchema[] = [
  schema('exempt', 'exempt', 1, undefined, everything([group('system:masters')])),
  schema('probes', 'exempt', 2, undefined, probes),
  schema(
    'system-leader-election',
    'leader-election',
    100,
    'ByUser',
    onLeases([...manager, ...scheduler, group('system:serviceaccounts:kube-system')], ['kube-system']),
  ),
  schema('endpoint-controller', 'workload-high', 150, 'ByUser', onEndpoints),
  schema('workload-leader-election', 'leader-election', 200, 'ByUser', onLeases([account('kube-system', '*')], ['*'])),
  schema('system-node-high', 'node-high', 400, 'ByUser', onNodes),
  schema('system-nodes', 'system', 500, 'ByUser', everything([nodes])),
  schema('kube-controller-manager', 'workload-high', 800, 'ByNamespace', everything(manager)),
  schema('kube-scheduler', 'workload-high', 800, 'ByNamespace', everything(scheduler)),
  schema(
    'kube-system-service-accounts',
    'workload-high',
    900,
    'ByNamespace',
    everything([account('kube-system', '*')]),
  ),
  schema('service-accounts', 'workload-low', 9000, 'ByUser', everything([accounts])),
  schema('global-default', 'global-default', 9900, 'ByUser', everything(all)),
  schema('catch-all', 'catch-all', 10_000, 'ByUser', everything(all)),
]
