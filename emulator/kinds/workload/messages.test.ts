import { describe, expect, it } from 'vitest'
import { refusals, updateRefusals } from '../testing/refusals.ts'

const template = (labels: object = { app: 'web' }, more: object = {}) => ({
  metadata: { labels },
  spec: { containers: [{ name: 'web', image: 'nginx' }], ...more },
})
const workload = (kind: string, spec: object) => ({
  apiVersion: 'apps/v1',
  kind,
  metadata: { name: 'web', namespace: 'default' },
  spec: { selector: { matchLabels: { app: 'web' } }, template: template(), ...spec },
})
const rolling = (rollingUpdate: object) => ({ type: 'RollingUpdate', rollingUpdate })
const PERCENT =
  "a valid percent string must be a numeric string followed by an ending '%' (e.g. '1%',  or '93%', regex used for validation is '[0-9]+%')"

describe('what a workload is refused for', () => {
  it.each<[string, string, object, readonly string[]]>([
    ['nothing', 'Deployment', {}, []],
    [
      'counts below zero, in the order of the fields',
      'Deployment',
      { replicas: -1, minReadySeconds: -2, revisionHistoryLimit: -3, progressDeadlineSeconds: -4 },
      [
        'spec.replicas: Invalid value: -1: must be greater than or equal to 0',
        'spec.minReadySeconds: Invalid value: -2: must be greater than or equal to 0',
        'spec.revisionHistoryLimit: Invalid value: -3: must be greater than or equal to 0',
        'spec.progressDeadlineSeconds: Invalid value: -4: must be greater than or equal to 0',
        'spec.progressDeadlineSeconds: Invalid value: -4: must be greater than minReadySeconds',
      ],
    ],
    [
      'a strategy of no known type',
      'Deployment',
      { strategy: { type: 'BlueGreen' } },
      [
        'spec.strategy: Unsupported value: {"Type":"BlueGreen","RollingUpdate":null}: supported values: "Recreate", "RollingUpdate"',
      ],
    ],
    [
      'steps with a strategy that takes none',
      'Deployment',
      { strategy: { type: 'Recreate', rollingUpdate: { maxSurge: 1 } } },
      ["spec.strategy.rollingUpdate: Forbidden: may not be specified when strategy `type` is 'Recreate'"],
    ],
    [
      'steps that are neither counts nor shares',
      'Deployment',
      { strategy: rolling({ maxSurge: '1.5', maxUnavailable: '101%' }) },
      [
        `spec.strategy.rollingUpdate.maxSurge: Invalid value: "1.5": ${PERCENT}`,
        'spec.strategy.rollingUpdate.maxUnavailable: Invalid value: "101%": must not be greater than 100%',
      ],
    ],
    [
      'no step at all',
      'Deployment',
      { strategy: rolling({ maxSurge: 0, maxUnavailable: '0%' }) },
      ['spec.strategy.rollingUpdate.maxUnavailable: Invalid value: "0%": may not be 0 when `maxSurge` is 0'],
    ],
    [
      'a selector that cannot be read, whatever the template',
      'Deployment',
      { selector: { matchExpressions: [{ key: 'app', operator: 'Is', values: ['web'] }] }, template: template({}) },
      [
        'spec.selector.matchExpressions[0].operator: Invalid value: "Is": not a valid selector operator',
        'spec.selector: Invalid value: {"matchExpressions":[{"key":"app","operator":"Is","values":["web"]}]}: invalid label selector',
      ],
    ],
    [
      'an empty selector',
      'ReplicaSet',
      { selector: {} },
      ['spec.selector: Invalid value: {}: empty selector is invalid for deployment'],
    ],
    [
      'Pods that end',
      'ReplicaSet',
      { template: template({ app: 'web' }, { restartPolicy: 'Never', activeDeadlineSeconds: 5 }) },
      [
        'spec.template.spec.restartPolicy: Unsupported value: "Never": supported values: "Always"',
        'spec.template.spec.activeDeadlineSeconds: Forbidden: activeDeadlineSeconds in ReplicaSet is not Supported',
      ],
    ],
    [
      'a template with other labels',
      'DaemonSet',
      { template: template({ tier: 'b', app: 'x' }) },
      [
        'spec.template.metadata.labels: Invalid value: {"app":"x","tier":"b"}: `selector` does not match template `labels`',
      ],
    ],
    [
      'an update strategy of no known type',
      'DaemonSet',
      { updateStrategy: { type: 'Recreate' } },
      [
        'spec.updateStrategy: Unsupported value: {"Type":"Recreate","RollingUpdate":null}: supported values: "RollingUpdate", "OnDelete"',
      ],
    ],
    [
      'both ways of replacing Pods',
      'DaemonSet',
      { updateStrategy: rolling({ maxSurge: '110%', maxUnavailable: 1 }) },
      [
        'spec.updateStrategy.rollingUpdate.maxSurge: Invalid value: "110%": must not be greater than 100%',
        'spec.updateStrategy.rollingUpdate.maxSurge: Invalid value: "110%": may not be set when maxUnavailable is non-zero',
      ],
    ],
    [
      'neither way of replacing Pods',
      'DaemonSet',
      { updateStrategy: rolling({ maxSurge: 0, maxUnavailable: 0 }) },
      ['spec.updateStrategy.rollingUpdate.maxUnavailable: Required value: cannot be 0 when maxSurge is 0'],
    ],
    [
      'a policy, a strategy and numbers that are none',
      'StatefulSet',
      {
        podManagementPolicy: 'Random',
        updateStrategy: { type: 'Recreate' },
        persistentVolumeClaimRetentionPolicy: { whenDeleted: 'Keep', whenScaled: 'Retain' },
        replicas: -1,
        ordinals: { start: -1 },
      },
      [
        `spec.podManagementPolicy: Invalid value: "Random": must be 'OrderedReady' or 'Parallel'`,
        `spec.updateStrategy: Invalid value: {"Type":"Recreate","RollingUpdate":null}: must be 'RollingUpdate' or 'OnDelete'`,
        'spec.persistentVolumeClaimRetentionPolicy.whenDeleted: Unsupported value: "Keep": supported values: "Retain", "Delete"',
        'spec.replicas: Invalid value: -1: must be greater than or equal to 0',
        'spec.ordinals.start: Invalid value: -1: must be greater than or equal to 0',
      ],
    ],
    [
      'a partition with OnDelete',
      'StatefulSet',
      { updateStrategy: { type: 'OnDelete', rollingUpdate: { partition: 1 } } },
      [
        `spec.updateStrategy.rollingUpdate: Invalid value: {"Partition":1,"MaxUnavailable":null}: only allowed for updateStrategy 'RollingUpdate'`,
      ],
    ],
    [
      'a partition below zero and no Pod at a time',
      'StatefulSet',
      { updateStrategy: rolling({ partition: -1, maxUnavailable: '0%' }) },
      [
        'spec.updateStrategy.rollingUpdate.partition: Invalid value: -1: must be greater than or equal to 0',
        'spec.updateStrategy.rollingUpdate.maxUnavailable: Invalid value: "0%": cannot be 0',
      ],
    ],
  ])('%s (%s)', (_what, kind, spec, expected) => {
    expect(refusals(workload(kind, spec))).toEqual(expected)
  })

  it.each(['Deployment', 'ReplicaSet', 'DaemonSet'])('the selector of a %s stays', (kind) => {
    const labels = { app: 'web', tier: 'a' }
    const before = workload(kind, { template: template(labels) })
    const after = workload(kind, { template: template(labels), selector: { matchLabels: labels } })
    expect(updateRefusals(before, after)).toEqual([
      'spec.selector: Invalid value: {"matchLabels":{"app":"web","tier":"a"}}: field is immutable',
    ])
  })

  it('little of a StatefulSet changes', () => {
    const changed = workload('StatefulSet', { serviceName: 'other', replicas: 3, minReadySeconds: 5 })
    expect(updateRefusals(workload('StatefulSet', { serviceName: 'web' }), changed)).toEqual([
      "spec: Forbidden: updates to statefulset spec for fields other than 'replicas', 'ordinals', 'template', 'updateStrategy', 'revisionHistoryLimit', 'persistentVolumeClaimRetentionPolicy' and 'minReadySeconds' are forbidden",
    ])
  })
})
