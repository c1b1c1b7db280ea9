/** What containers, their probes, environment and amounts are refused for, and what may not change. */
import { expect, test } from 'vitest'
import type { Container, Pod, PodSpec } from '../../generated/types.ts'
import { refusals, updateRefusals } from '../testing/refusals.ts'

type Part = Omit<Partial<PodSpec>, 'containers'>

const pod = (container: Partial<Container>, part: Part = {}, annotations: Record<string, string> = {}): Pod => ({
  apiVersion: 'v1',
  kind: 'Pod',
  metadata: { name: 'web', namespace: 'default', annotations },
  spec: { containers: [{ name: 'c', image: 'nginx', ...container }], ...part },
})

const C = 'spec.containers[0]'

test.each<[Partial<Container>, readonly string[]]>([
  [
    { livenessProbe: { tcpSocket: { port: 80 }, exec: { command: [] }, successThreshold: 2 } },
    [
      `${C}.livenessProbe.exec.command: Required value`,
      `${C}.livenessProbe.tcpSocket: Forbidden: may not specify more than 1 handler type`,
      `${C}.livenessProbe.successThreshold: Invalid value: 2: must be 1`,
    ],
  ],
  [
    { readinessProbe: { tcpSocket: { port: 80 }, terminationGracePeriodSeconds: 0 } },
    [
      `${C}.readinessProbe.terminationGracePeriodSeconds: Invalid value: 0: must be greater than 0`,
      `${C}.readinessProbe.terminationGracePeriodSeconds: Invalid value: 0: must not be set for readinessProbes`,
    ],
  ],
  [
    { readinessProbe: { httpGet: { port: 'http', httpHeaders: [{ name: 'X Y', value: '' }], scheme: 'FTP' } } },
    [
      `${C}.readinessProbe.httpGet.scheme: Unsupported value: "FTP": supported values: "HTTP", "HTTPS"`,
      `${C}.readinessProbe.httpGet.httpHeaders: Invalid value: "X Y": a valid HTTP header must consist of alphanumeric characters or '-' (e.g. 'X-Header-Name', regex used for validation is '[-A-Za-z0-9]+')`,
    ],
  ],
  [
    { lifecycle: { preStop: { sleep: { seconds: 60 } } } },
    [
      `${C}.lifecycle.preStop.sleep: Invalid value: 60: must be non-negative and less than terminationGracePeriodSeconds (30)`,
    ],
  ],
  [{ envFrom: [{}] }, [`${C}.envFrom: Invalid value: "": must specify one of: \`configMapRef\` or \`secretRef\``]],
  [
    { env: [{ name: 'A', valueFrom: { fieldRef: { fieldPath: "spec.x['y']" } } }] },
    [
      `${C}.env[0].valueFrom.fieldRef.fieldPath: Invalid value: "spec.x['y']": error converting fieldPath: field label does not support subscript: spec.x['y']`,
    ],
  ],
  [
    { env: [{ name: 'A', valueFrom: { fieldRef: { fieldPath: 'status.phase' } } }] },
    [
      `${C}.env[0].valueFrom.fieldRef.fieldPath: Unsupported value: "status.phase": supported values: "metadata.name", "metadata.namespace", "metadata.uid", "spec.nodeName", "spec.serviceAccountName", "status.hostIP", "status.hostIPs", "status.podIP", "status.podIPs"`,
    ],
  ],
  [
    { env: [{ name: 'A', valueFrom: { resourceFieldRef: { resource: 'limits.gpu' } } }] },
    [
      `${C}.env[0].valueFrom.resourceFieldRef.resource: Unsupported value: "limits.gpu": supported values: "limits.cpu", "limits.ephemeral-storage", "limits.memory", "requests.cpu", "requests.ephemeral-storage", "requests.memory"`,
    ],
  ],
  [
    { resources: { requests: { 'nvidia.com/gpu': '1', cpu: '2' }, limits: { cpu: '1' } } },
    [
      `${C}.resources.requests: Invalid value: "2": must be less than or equal to cpu limit of 1`,
      `${C}.resources.limits: Required value: Limit must be set for non overcommitable resources`,
    ],
  ],
  [
    { resources: { limits: { 'hugepages-2Mi': '3Mi' } } },
    [
      `${C}.resources.limits[hugepages-2Mi]: Invalid value: "3Mi": 3Mi is not positive integer multiple of hugepages-2Mi`,
      `${C}.resources.requests[hugepages-2Mi]: Invalid value: "3Mi": 3Mi is not positive integer multiple of hugepages-2Mi`,
      `${C}.resources: Forbidden: HugePages require cpu or memory`,
    ],
  ],
  [
    { resources: { claims: [{ name: 'gpu' }] } },
    [`${C}.resources.claims[0]: Not found: "gpu": must be one of the names in pod.spec.resourceClaims which is empty`],
  ],
  [
    { resizePolicy: [{ resourceName: 'disk', restartPolicy: 'Perhaps' }] },
    [
      `${C}.resizePolicy: Unsupported value: "disk": supported values: "cpu", "memory"`,
      `${C}.resizePolicy: Unsupported value: "Perhaps": supported values: "NotRequired", "RestartContainer"`,
    ],
  ],
  [
    { securityContext: { appArmorProfile: { type: 'Localhost' } } },
    [
      `${C}.securityContext.appArmorProfile.localhostProfile: Required value: must be set when AppArmor type is Localhost`,
    ],
  ],
])('a container with %j is refused', (container, expected) => {
  expect(refusals(pod(container))).toEqual(expected)
})

test.each<[Part, readonly string[]]>([
  [
    { hostNetwork: true, securityContext: { sysctls: [{ name: 'net.core.somaxconn', value: '1' }] } },
    [
      `spec.securityContext.sysctls[0].name: Invalid value: "net.core.somaxconn": may not be specified when 'hostNetwork' is true`,
    ],
  ],
  [
    { hostUsers: false, hostPID: true, hostNetwork: true },
    [
      'spec.hostNetwork: Forbidden: when `pod.Spec.HostUsers` is false',
      'spec.HostPID: Forbidden: when `pod.Spec.HostUsers` is false',
    ],
  ],
  [
    { os: { name: 'windows' }, securityContext: { runAsUser: 1 }, shareProcessNamespace: true },
    [
      'spec.shareProcessNamespace: Forbidden: cannot be set for a windows pod',
      'spec.securityContext.runAsUser: Forbidden: cannot be set for a windows pod',
    ],
  ],
  [
    { nodeName: 'node01', schedulingGates: [{ name: 'a' }] },
    ['spec.nodeName: Forbidden: cannot be set until all schedulingGates have been cleared'],
  ],
  [
    { tolerations: [{ key: 'a', value: 'b c' }] },
    [
      `spec.tolerations[0].operator: Invalid value: "b c": a valid label must be an empty string or consist of alphanumeric characters, '-', '_' or '.', and must start and end with an alphanumeric character (e.g. 'MyValue',  or 'my_value',  or '12345', regex used for validation is '(([A-Za-z0-9][-A-Za-z0-9_.]*)?[A-Za-z0-9])?')`,
    ],
  ],
  [
    { resourceClaims: [{ name: 'gpu' }] },
    [
      'spec.resourceClaims[0]: Invalid value: {"Name":"gpu","ResourceClaimName":null,"ResourceClaimTemplateName":null}: must specify one of: `resourceClaimName`, `resourceClaimTemplateName`',
    ],
  ],
  [
    { overhead: { disk: '1' } },
    [
      'spec.overhead.limits[disk]: Invalid value: "disk": must be a standard resource type or fully qualified',
      'spec.overhead.limits[disk]: Invalid value: "disk": must be a standard resource for containers',
    ],
  ],
])('a Pod with %j is refused', (part, expected) => {
  expect(refusals(pod({}, part))).toEqual(expected)
})

test.each<[Record<string, string>, string]>([
  [
    { 'controller.kubernetes.io/pod-deletion-cost': '+1' },
    'metadata.annotations[controller.kubernetes.io/pod-deletion-cost]: Invalid value: "+1": must be a 32bit integer',
  ],
  [
    { 'container.apparmor.security.beta.kubernetes.io/x': 'runtime/default' },
    'metadata.annotations[container.apparmor.security.beta.kubernetes.io/x]: Invalid value: "x": container not found',
  ],
])('the annotation %j is refused', (annotations, expected) => {
  expect(refusals(pod({}, {}, annotations))).toEqual([expected])
})

const gated = pod({}, { schedulingGates: [{ name: 'a' }], nodeSelector: { disk: 'ssd' } })

test.each<[string, Pod, Pod, readonly string[]]>([
  [
    'a container more',
    pod({}),
    { ...pod({}), spec: { containers: [...(pod({}).spec?.containers ?? []), { name: 'd', image: 'nginx' }] } },
    ['spec.containers: Forbidden: pod updates may not add or remove containers'],
  ],
  [
    'another node selector behind a gate',
    gated,
    pod({}, { schedulingGates: [{ name: 'a' }], nodeSelector: { disk: 'hdd' } }),
    [
      'spec.nodeSelector: Invalid value: {"disk":"hdd"}: only additions to spec.nodeSelector are allowed (no mutations or deletions)',
    ],
  ],
  [
    'a narrower node selector behind a gate',
    gated,
    pod({}, { schedulingGates: [{ name: 'a' }], nodeSelector: { disk: 'ssd', zone: 'a' } }),
    [],
  ],
  [
    'a gate more',
    gated,
    pod({}, { schedulingGates: [{ name: 'a' }, { name: 'b' }], nodeSelector: { disk: 'ssd' } }),
    ["spec.schedulingGates[1].name: Forbidden: only deletion is allowed, but found new scheduling gate 'b'"],
  ],
  [
    'a longer deadline',
    pod({}, { activeDeadlineSeconds: 5 }),
    pod({}, { activeDeadlineSeconds: 6 }),
    ['spec.activeDeadlineSeconds: Invalid value: 6: must be less than or equal to previous value'],
  ],
  ['a new image', pod({}), pod({ image: 'httpd' }), []],
])('%s', (_what, old, next, expected) => {
  expect(updateRefusals(old, next)).toEqual(expected)
})
