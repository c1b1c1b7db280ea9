/** Each rule of a Service with the words it is refused in, and each warning. */
import { expect, test } from 'vitest'
import { fieldErrorText } from '../../api/errors.ts'
import type { Service, ServiceSpec } from '../../generated/types.ts'
import { refusals, updateRefusals, warningsOf } from '../testing/refusals.ts'
import { loadBalancerStatusErrors } from './validate-status.ts'

const of = (spec: ServiceSpec, annotations?: Record<string, string>): Service => ({
  apiVersion: 'v1',
  kind: 'Service',
  metadata: { name: 'web', ...(annotations && { annotations }) },
  spec: { ports: [{ port: 80 }], ...spec },
})
const balancer: ServiceSpec = { type: 'LoadBalancer', externalTrafficPolicy: 'Local', healthCheckNodePort: 31999 }

test.each<[string, Service, readonly string[]]>([
  ['port 10250 is free to use', of({ type: 'LoadBalancer', ports: [{ port: 10250 }] }), []],
  [
    'ranges in an annotation',
    of({}, { 'service.beta.kubernetes.io/load-balancer-source-ranges': '10.0.0.0/8,foo' }),
    [
      "metadata.annotations[service.beta.kubernetes.io/load-balancer-source-ranges]: Forbidden: may only be used when `type` is 'LoadBalancer'",
      'metadata.annotations[service.beta.kubernetes.io/load-balancer-source-ranges]: Invalid value: "foo": must be a valid CIDR value, (e.g. 10.9.8.0/24 or 2001:db8::/64)',
    ],
  ],
  [
    'fields of load balancers elsewhere',
    of({ loadBalancerClass: 'foo', allocateLoadBalancerNodePorts: false, loadBalancerSourceRanges: ['1.2.3.0/24'] }),
    [
      "spec.LoadBalancerSourceRanges: Forbidden: may only be used when `type` is 'LoadBalancer'",
      "spec.allocateLoadBalancerNodePorts: Forbidden: may only be used when `type` is 'LoadBalancer'",
      "spec.loadBalancerClass: Forbidden: may only be used when `type` is 'LoadBalancer'",
    ],
  ],
  [
    'a policy for traffic from outside that cannot come',
    of({ externalTrafficPolicy: 'Local' }),
    ['spec.externalTrafficPolicy: Invalid value: "Local": may only be set for externally-accessible services'],
  ],
  [
    'an unknown distribution',
    of({ trafficDistribution: 'Near' }),
    [
      'spec.trafficDistribution: Unsupported value: "Near": supported values: "PreferClose", "PreferSameZone", "PreferSameNode"',
    ],
  ],
  [
    'two stacks where there is one',
    of({ ipFamilyPolicy: 'RequireDualStack' }),
    [
      'Service "web" is invalid: spec.ipFamilyPolicy: Invalid value: "RequireDualStack": this cluster is not configured for dual-stack services',
    ],
  ],
  ['an ExternalName without a name', of({ type: 'ExternalName' }), ['spec.externalName: Required value']],
  [
    'a headless load balancer',
    of({ type: 'LoadBalancer', clusterIP: 'None' }),
    ['spec.clusterIPs[0]: Invalid value: "None": may not be set to \'None\' for LoadBalancer services'],
  ],
  [
    'an address outside the range',
    of({ clusterIP: '192.168.0.1' }),
    [
      'Service "web" is invalid: spec.clusterIPs: Invalid value: ["192.168.0.1"]: failed to allocate IP 192.168.0.1: the provided network does not match the current range',
    ],
  ],
])('%s', (_name, service, expected) => {
  expect(refusals(service)).toEqual(expected)
})

test.each<[string, ServiceSpec, ServiceSpec, readonly string[]]>([
  [
    'the health check port',
    balancer,
    { ...balancer, healthCheckNodePort: 31998 },
    ['spec.healthCheckNodePort: Forbidden: field is immutable'],
  ],
  [
    'the class of a load balancer',
    balancer,
    { ...balancer, loadBalancerClass: 'a.b/c' },
    ['spec.loadBalancerClass: Invalid value: "a.b/c": may not change once set'],
  ],
  [
    'the cluster IP',
    { clusterIP: '10.96.0.50' },
    { clusterIP: '10.96.0.51' },
    ['spec.clusterIPs[0]: Invalid value: ["10.96.0.51"]: may not change once set'],
  ],
])('%s stays', (_name, before, after, expected) => {
  expect(updateRefusals(of(before), of(after))).toEqual(expected)
})

test.each<[ServiceSpec, readonly string[]]>([
  [{ externalIPs: ['1.2.3.4'] }, ['spec.externalIPs is deprecated']],
  [
    { clusterIP: 'None', sessionAffinity: 'ClientIP', externalIPs: ['1.2.3.4'], loadBalancerIP: '1.2.3.4' },
    [
      'spec.externalIPs is deprecated',
      'spec.loadBalancerIP is ignored for headless services',
      'spec.externalIPs is ignored for headless services',
      'spec.SessionAffinity is ignored for headless services',
    ],
  ],
  [
    { type: 'ExternalName', externalName: 'a.b', externalIPs: ['1.2.3.4'] },
    ['spec.externalIPs is deprecated', 'spec.externalIPs is ignored when spec.type is "ExternalName"'],
  ],
  [{ externalName: 'a.b' }, ['spec.externalName is ignored when spec.type is not "ExternalName"']],
  [
    { trafficDistribution: 'PreferClose' },
    ['spec.trafficDistribution: "PreferClose" is deprecated; use "PreferSameZone"'],
  ],
  [
    { type: 'LoadBalancer', loadBalancerIP: '01.2.3.4' },
    [
      'spec.loadBalancerIP: non-standard IP address "01.2.3.4" will be considered invalid in a future Kubernetes release: use "1.2.3.4"',
    ],
  ],
])('%j: %j', (spec, expected) => {
  expect(warningsOf(of(spec))).toEqual(expected)
})

test.each<[Service['spec'], object, readonly string[]]>([
  [
    {},
    { ip: '1.2.3.4', ipMode: 'VIP' },
    ["status.loadBalancer.ingress: Forbidden: may only be used when `spec.type` is 'LoadBalancer'"],
  ],
  [
    { type: 'LoadBalancer' },
    { ipMode: 'VIP' },
    ['status.loadBalancer.ingress[0].ipMode: Forbidden: may not be specified when `ip` is not set'],
  ],
  [
    { type: 'LoadBalancer' },
    { hostname: '1.2.3.4' },
    ['status.loadBalancer.ingress[0].hostname: Invalid value: "1.2.3.4": must be a DNS name, not an IP address'],
  ],
])('%j cannot be reached at %j', (spec, ingress, expected) => {
  const service = of(spec ?? {})
  const reported = { ...service, status: { loadBalancer: { ingress: [ingress] } } }
  expect(loadBalancerStatusErrors(reported, service).map(fieldErrorText)).toEqual(expected)
})
