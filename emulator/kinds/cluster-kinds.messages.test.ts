/** What Nodes, Secrets, Events, RuntimeClasses and the kinds of CSI drivers are refused for. */
import { describe, expect, it } from 'vitest'
import { encodeBase64 } from '../api/base64.ts'
import { refusals, updateRefusals } from './testing/refusals.ts'

const object = (apiVersion: string, kind: string) => (fields: object) => ({
  apiVersion,
  kind,
  metadata: { name: 'a' },
  ...fields,
})
const node = object('v1', 'Node')
const secret = object('v1', 'Secret')
const event = object('v1', 'Event')
const runtimeClass = object('node.k8s.io/v1', 'RuntimeClass')
const driver = object('storage.k8s.io/v1', 'CSIDriver')
const csiNode = object('storage.k8s.io/v1', 'CSINode')
const taint = { key: 'disk', value: 'ssd', effect: 'NoSchedule' }

describe('refusals', () => {
  it.each([
    [
      'Nodes: taints and address ranges',
      node({ spec: { taints: [taint, taint], podCIDRs: ['10.0.0.0/24', '10.0.1.0/24'] } }),
      [
        'metadata.taints[1]: Duplicate value: {"Key":"disk","Value":"ssd","Effect":"NoSchedule","TimeAdded":null}: taints must be unique by key and effect pair',
        'spec.podCIDRs: Invalid value: ["10.0.0.0/24","10.0.1.0/24"]: may specify no more than one CIDR for each IP family',
      ],
    ],
    [
      'Secrets: keys that their type asks for',
      secret({ type: 'kubernetes.io/tls', data: { 'tls.crt': '' } }),
      ['data[tls.key]: Required value'],
    ],
    [
      'Secrets: credentials of registries that are no JSON',
      secret({ type: 'kubernetes.io/dockerconfigjson', data: { '.dockerconfigjson': encodeBase64('[]') } }),
      [
        'data[.dockerconfigjson]: Invalid value: "<secret contents redacted>": json: cannot unmarshal array into Go value of type map[string]interface {}',
      ],
    ],
    [
      'Secrets: neither name nor password',
      secret({ type: 'kubernetes.io/basic-auth', data: {} }),
      ['data[username]: Required value', 'data[password]: Required value'],
    ],
    [
      'Secrets: a token without its account',
      secret({ type: 'kubernetes.io/service-account-token' }),
      ['metadata.annotations[kubernetes.io/service-account.name]: Required value'],
    ],
    [
      'Events: about another namespace',
      { ...event({ involvedObject: { kind: 'Pod', namespace: 'b' } }), metadata: { name: 'a', namespace: 'c' } },
      ['involvedObject.namespace: Invalid value: "b": does not match event.namespace'],
    ],
    [
      'CSIDrivers: policies, tokens and modes',
      driver({
        spec: {
          fsGroupPolicy: 'Some',
          requiresRepublish: false,
          tokenRequests: [{ audience: 'x' }, { audience: 'x', expirationSeconds: 60 }],
          volumeLifecycleModes: ['Short'],
        },
      }),
      [
        'spec.fsGroupPolicy: Unsupported value: "Some": supported values: "File", "None", "ReadWriteOnceWithFSType"',
        'spec.tokenRequests[1].audience: Duplicate value: "x"',
        'spec.tokenRequests[1].expirationSeconds: Invalid value: 60: may not specify a duration less than 10 minutes',
        'spec.volumeLifecycleModes: Unsupported value: "Short": supported values: "Ephemeral", "Persistent"',
      ],
    ],
    [
      'CSINodes: the same driver twice, without a node',
      csiNode({
        spec: {
          drivers: [
            { name: 'd', nodeID: 'n' },
            { name: 'd', nodeID: '', topologyKeys: ['z', 'z'] },
          ],
        },
      }),
      [
        'spec.drivers[1].nodeID: Required value',
        'spec.drivers[1].topologyKeys: Duplicate value: "z"',
        'spec.drivers[1].name: Duplicate value: "d"',
      ],
    ],
  ])('%s', (_what, given, expected) => {
    expect(refusals(given)).toEqual(expected)
  })

  it.each([
    [
      'RuntimeClasses keep their handler',
      runtimeClass({ handler: 'runsc' }),
      runtimeClass({ handler: 'kata' }),
      ['handler: Invalid value: "kata": field is immutable'],
    ],
    [
      'Nodes keep their provider',
      node({ spec: { providerID: 'kind://a' } }),
      node({ spec: { providerID: 'kind://b' } }),
      ['spec.providerID: Forbidden: node updates may not change providerID except from "" to valid'],
    ],
    [
      'Secrets that are immutable stay',
      secret({ type: 'Opaque', immutable: true, data: { a: 'YQ==' } }),
      secret({ type: 'x', data: { a: 'Yg==' } }),
      [
        'type: Invalid value: "x": field is immutable',
        'immutable: Forbidden: field is immutable when `immutable` is set',
        'data: Forbidden: field is immutable when `immutable` is set',
      ],
    ],
  ])('%s', (_what, before, after, expected) => {
    expect(updateRefusals(before, after)).toEqual(expected)
  })
})
