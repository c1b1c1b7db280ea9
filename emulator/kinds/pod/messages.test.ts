/** Each rule of a Pod's spec with the words it is refused in, and each warning. */
import { expect, test } from 'vitest'
import type { Container, Pod, PodSpec } from '../../generated/types.ts'
import { refusals, warningsOf } from '../testing/refusals.ts'

type Part = Omit<Partial<PodSpec>, 'containers'>

const pod = (part: Part, container: Partial<Container> = {}, annotations: Record<string, string> = {}): Pod => ({
  apiVersion: 'v1',
  kind: 'Pod',
  metadata: { name: 'web', annotations },
  spec: { containers: [{ name: 'c', image: 'nginx', ...container }], ...part },
})

const REQUIRED = 'requiredDuringSchedulingIgnoredDuringExecution'
const PREFERRED = 'preferredDuringSchedulingIgnoredDuringExecution'
const node = `spec.affinity.nodeAffinity.${REQUIRED}.nodeSelectorTerms`
const term = (one: object): Part => ({
  affinity: { nodeAffinity: { [REQUIRED]: { nodeSelectorTerms: [{ matchExpressions: [one as never] }] } } },
})
const skew = { maxSkew: 1, topologyKey: 'zone', whenUnsatisfiable: 'DoNotSchedule', labelSelector: {} }

test.each<[Part, readonly string[]]>([
  [
    { affinity: { nodeAffinity: { [REQUIRED]: { nodeSelectorTerms: [] } } } },
    [`${node}: Required value: must have at least one node selector term`],
  ],
  [
    term({ key: 'a', operator: 'Is' }),
    [`${node}[0].matchExpressions[0].operator: Invalid value: "Is": not a valid selector operator`],
  ],
  [
    term({ key: 'a', operator: 'In' }),
    [`${node}[0].matchExpressions[0].values: Required value: must be specified when \`operator\` is 'In' or 'NotIn'`],
  ],
  [
    term({ key: 'a', operator: 'Gt', values: ['1', '2'] }),
    [
      `${node}[0].matchExpressions[0].values: Required value: must be specified single value when \`operator\` is 'Lt' or 'Gt'`,
    ],
  ],
  [
    { affinity: { podAffinity: { [PREFERRED]: [{ weight: 0, podAffinityTerm: { topologyKey: 'zone' } }] } } },
    [`spec.affinity.podAffinity.${PREFERRED}[0].weight: Invalid value: 0: must be in the range 1-100`],
  ],
  [
    { topologySpreadConstraints: [{ ...skew, maxSkew: 0 }] },
    ['spec.topologySpreadConstraints[0].maxSkew: Invalid value: 0: must be greater than zero'],
  ],
  [
    { topologySpreadConstraints: [skew, skew] },
    ['spec.topologySpreadConstraints[0].{topologyKey, whenUnsatisfiable}: Duplicate value: "{zone, DoNotSchedule}"'],
  ],
  [
    { topologySpreadConstraints: [{ ...skew, whenUnsatisfiable: 'ScheduleAnyway', minDomains: 2 }] },
    [
      'spec.topologySpreadConstraints[0].minDomains: Invalid value: 2: can only use minDomains if whenUnsatisfiable=DoNotSchedule, not ScheduleAnyway',
    ],
  ],
  [
    { securityContext: { runAsUser: -1 } },
    ['spec.securityContext.runAsUser: Invalid value: -1: must be between 0 and 2147483647, inclusive'],
  ],
  [
    { securityContext: { seccompProfile: { type: 'Localhost' } } },
    [
      'spec.securityContext.seccompProfile.localhostProfile: Required value: must be set when seccomp type is Localhost',
    ],
  ],
  [
    { hostPID: true, shareProcessNamespace: true },
    [
      'spec.securityContext.shareProcessNamespace: Invalid value: true: ShareProcessNamespace and HostPID cannot both be enabled',
    ],
  ],
  [
    { dnsConfig: { nameservers: ['1.1.1.1', '1.1.1.2', '1.1.1.3', '1.1.1.4'] } },
    [
      'spec.dnsConfig.nameservers: Invalid value: ["1.1.1.1","1.1.1.2","1.1.1.3","1.1.1.4"]: must not have more than 3 nameservers',
    ],
  ],
  [{ dnsPolicy: 'None' }, ['spec.dnsConfig: Required value: must provide `dnsConfig` when `dnsPolicy` is None']],
  [
    { hostAliases: [{ ip: 'here' }] },
    ['spec.hostAliases[0].ip: Invalid value: "here": must be a valid IP address, (e.g. 10.9.8.7 or 2001:db8::ffff)'],
  ],
  [{ os: { name: 'beos' } }, ['spec.os: Unsupported value: "beos": supported values: "linux", "windows"']],
  [
    { ephemeralContainers: [{ name: 'e', image: 'busybox' }] },
    ['spec.ephemeralContainers: Forbidden: cannot be set on create'],
  ],
  [
    { tolerations: [{ key: 'a', operator: 'Exists', value: 'b' }] },
    ['spec.tolerations[0].operator: Invalid value: "b": value must be empty when `operator` is \'Exists\''],
  ],
])('%j is refused', (part, expected) => {
  expect(refusals(pod(part))).toEqual(expected)
})

test.each<[Partial<Container>, readonly string[]]>([
  [
    { image: ' nginx' },
    ['spec.containers[0].image: Invalid value: " nginx": must not have leading or trailing whitespace'],
  ],
  [
    { securityContext: { procMount: 'Own' } },
    ['spec.containers[0].securityContext.procMount: Unsupported value: "Own": supported values: "Default", "Unmasked"'],
  ],
])('a container with %j is refused', (container, expected) => {
  expect(refusals(pod({}, container))).toEqual(expected)
})

test.each<[Pod, readonly string[]]>([
  [
    pod({ topologySpreadConstraints: [{ maxSkew: 1, topologyKey: 'zone', whenUnsatisfiable: 'DoNotSchedule' }] }),
    ['spec.topologySpreadConstraints[0].labelSelector: a null labelSelector results in matching no pod'],
  ],
  [
    pod(term({ key: 'beta.kubernetes.io/os', operator: 'Exists' })),
    [
      `${node}[0].matchExpressions[0].key: beta.kubernetes.io/os is deprecated since v1.14; use "kubernetes.io/os" instead`,
    ],
  ],
  [
    pod({ imagePullSecrets: [{ name: 'a' }, { name: 'a' }, {}] }),
    ['spec.imagePullSecrets[1].name: duplicate name "a"', 'spec.imagePullSecrets[2].name: invalid empty name ""'],
  ],
  [pod({ hostAliases: [{ ip: '1.2.3.4' }, { ip: '1.2.3.4' }] }), ['spec.hostAliases[1].ip: duplicate ip "1.2.3.4"']],
  [
    pod({}, {}, { 'scheduler.alpha.kubernetes.io/critical-pod': '' }),
    [
      'metadata.annotations[scheduler.alpha.kubernetes.io/critical-pod]: non-functional in v1.16+; use the "priorityClassName" field instead',
    ],
  ],
  [
    pod(
      {},
      {
        env: [
          { name: 'PATH', value: 'a' },
          { name: 'PATH', value: '$(PATH):b' },
        ],
      },
    ),
    [],
  ],
  [
    pod({}, { ports: [{ containerPort: 80 }, { containerPort: 80, hostPort: 80 }] }),
    ['spec.containers[0].ports[1]: overlapping port definition with spec.containers[0].ports[0]'],
  ],
  [
    pod({}, { ports: [{ containerPort: 80, hostIP: '1.2.3.4' }] }),
    [
      'spec.containers[0].ports[0]: hostIP set without hostPort: {Name: HostPort:0 ContainerPort:80 Protocol:TCP HostIP:1.2.3.4}',
    ],
  ],
  [
    pod({ volumes: [{ name: 'v', gitRepo: { repository: 'r' } }] }),
    ['spec.volumes[0].gitRepo: deprecated in v1.11, and disabled by default in v1.33+'],
  ],
])('%j is taken with a warning', (object, expected) => {
  expect(refusals(object)).toEqual([])
  expect(warningsOf(object)).toEqual(expected)
})
