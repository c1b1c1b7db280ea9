import { describe, expect, it } from 'vitest'
import { refusals, updateRefusals } from '../testing/refusals.ts'

const UID = 'b5c1'
const template = (more: object = {}, labels?: object) => ({
  metadata: { ...(labels && { labels }) },
  spec: { containers: [{ name: 'main', image: 'busybox' }], restartPolicy: 'Never', ...more },
})
const job = (spec: object = {}, name = 'sum') => ({
  apiVersion: 'batch/v1',
  kind: 'Job',
  metadata: { name, namespace: 'default', uid: UID },
  spec: { template: template(), ...spec },
})
const cronJob = (spec: object = {}, name = 'sum') => ({
  apiVersion: 'batch/v1',
  kind: 'CronJob',
  metadata: { name, namespace: 'default' },
  spec: { schedule: '* * * * *', jobTemplate: { spec: { template: template() } }, ...spec },
})
const indexed = { completionMode: 'Indexed', completions: 3, parallelism: 3 }
const NOT_NEGATIVE = 'must be greater than or equal to 0'

describe('what a Job is refused for', () => {
  it.each<[string, object, readonly string[]]>([
    ['nothing', {}, []],
    [
      'numbers below zero, in the order of the fields',
      { parallelism: -1, completions: -1, activeDeadlineSeconds: -1, backoffLimit: -1, ttlSecondsAfterFinished: -1 },
      ['parallelism', 'completions', 'activeDeadlineSeconds', 'backoffLimit', 'ttlSecondsAfterFinished'].map(
        (name) => `spec.${name}: Invalid value: -1: ${NOT_NEGATIVE}`,
      ),
    ],
    [
      'limits by index without indexes',
      { maxFailedIndexes: 1, managedBy: 'me' },
      [
        'spec.backoffLimitPerIndex: Required value: when maxFailedIndexes is specified',
        'spec.managedBy: Invalid value: "me": must be a domain-prefixed path (such as "acme.io/foo")',
        'spec.maxFailedIndexes: Invalid value: 1: requires indexed completion mode',
      ],
    ],
    [
      'a mode that is none',
      { completionMode: 'All' },
      ['spec.completionMode: Unsupported value: "All": supported values: "NonIndexed", "Indexed"'],
    ],
    [
      'indexes without an end',
      { completionMode: 'Indexed', parallelism: 100_001 },
      [
        'spec.completions: Required value: when completion mode is Indexed',
        'spec.parallelism: Invalid value: 100001: must be less than or equal to 100000 when completion mode is Indexed',
      ],
    ],
    [
      'very many indexes',
      { ...indexed, completions: 200_000, parallelism: 20_000, backoffLimitPerIndex: 1 },
      [
        'spec.maxFailedIndexes: Required value: must be specified when completions is above 100000',
        'spec.parallelism: Invalid value: 20000: must be less than or equal to 10000 when completions are above 100000 and used with backoff limit per index',
      ],
    ],
    [
      'rules of failure',
      {
        podFailurePolicy: {
          rules: [
            { action: 'FailIndex', onExitCodes: { operator: 'In', values: [0, 5, 3, 5], containerName: 'other' } },
            { action: 'Retry' },
            { onPodConditions: [{ type: 'Disruption!', status: 'Maybe' }] },
          ],
        },
        template: template({ restartPolicy: 'OnFailure' }),
      },
      [
        'spec.podFailurePolicy.rules[0].action: Invalid value: "FailIndex": requires the backoffLimitPerIndex to be set',
        'spec.podFailurePolicy.rules[0].onExitCodes.containerName: Invalid value: "other": must be one of the container or initContainer names in the pod template',
        'spec.podFailurePolicy.rules[0].onExitCodes.values[0]: Invalid value: 0: must not be 0 for the In operator',
        'spec.podFailurePolicy.rules[0].onExitCodes.values[3]: Duplicate value: 5',
        'spec.podFailurePolicy.rules[0].onExitCodes.values: Invalid value: [0,5,3,5]: must be ordered',
        'spec.podFailurePolicy.rules[1].action: Unsupported value: "Retry": supported values: "Count", "FailIndex", "FailJob", "Ignore"',
        'spec.podFailurePolicy.rules[1]: Invalid value: specifying one of OnExitCodes and OnPodConditions is required',
        'spec.podFailurePolicy.rules[2].action: Required value: valid values: ["Count" "FailIndex" "FailJob" "Ignore"]',
        `spec.podFailurePolicy.rules[2].onPodConditions[0].type: Invalid value: "Disruption!": name part must consist of alphanumeric characters, '-', '_' or '.', and must start and end with an alphanumeric character (e.g. 'MyName',  or 'my.name',  or '123-abc', regex used for validation is '([A-Za-z0-9][-A-Za-z0-9_.]*)?[A-Za-z0-9]')`,
        'spec.podFailurePolicy.rules[2].onPodConditions[0].status: Unsupported value: "Maybe": supported values: "False", "True", "Unknown"',
        'spec.template.spec.restartPolicy: Invalid value: "OnFailure": only "Never" is supported when podFailurePolicy is specified',
      ],
    ],
    [
      'rules of success without indexes',
      { successPolicy: { rules: [{ succeededCount: 1 }] } },
      [
        'spec.successPolicy: Invalid value: {"Rules":[{"SucceededIndexes":null,"SucceededCount":1}]}: requires indexed completion mode',
      ],
    ],
    [
      'rules of success',
      {
        ...indexed,
        successPolicy: { rules: [{}, { succeededIndexes: '0-9' }, { succeededIndexes: '0', succeededCount: 2 }] },
      },
      [
        'spec.successPolicy.rules[0]: Required value: at least one of succeededCount or succeededIndexes must be specified',
        'spec.successPolicy.rules[1].succeededIndexes: Invalid value: "0-9": error parsing succeededIndexes: too large index: "9"',
        'spec.successPolicy.rules[2].succeededCount: Invalid value: 2: must be less than or equal to 1 (the number of indexes in the specified succeededIndexes field)',
      ],
    ],
    [
      'Pods that start again for ever',
      { template: template({ restartPolicy: 'Always' }), podReplacementPolicy: 'Never' },
      [
        'spec.podReplacementPolicy: Unsupported value: "Never": supported values: "Failed", "TerminatingOrFailed"',
        'spec.template.spec.restartPolicy: Required value: valid values: "OnFailure", "Never"',
      ],
    ],
    [
      'what another Job was given, copied',
      {
        selector: { matchLabels: { 'batch.kubernetes.io/controller-uid': 'old' } },
        template: template(
          {},
          { 'batch.kubernetes.io/controller-uid': 'old', 'controller-uid': 'old', 'job-name': 'sum' },
        ),
      },
      [
        'spec.template.metadata.labels[controller-uid]: Invalid value: {"batch.kubernetes.io/controller-uid":"old","batch.kubernetes.io/job-name":"sum","controller-uid":"old","job-name":"sum"}: must be \'b5c1\'',
        'spec.template.metadata.labels[batch.kubernetes.io/controller-uid]: Invalid value: {"batch.kubernetes.io/controller-uid":"old","batch.kubernetes.io/job-name":"sum","controller-uid":"old","job-name":"sum"}: must be \'b5c1\'',
        'spec.selector: Invalid value: {"matchLabels":{"batch.kubernetes.io/controller-uid":"old"}}: `selector` not auto-generated',
      ],
    ],
    [
      'no selector of its author',
      { manualSelector: true },
      [
        'spec.selector: Required value',
        'spec.template.metadata.labels: Invalid value: null: `selector` does not match template `labels`',
      ],
    ],
  ])('%s', (_what, spec, expected) => {
    expect(refusals(job(spec))).toEqual(expected)
  })

  it('a name too long for the hostname of the last Pod', () => {
    const name = 'a'.repeat(62)
    expect(refusals(job(indexed, name))).toEqual([
      `metadata.name: Invalid value: "${name}": will not able to create pod with invalid DNS label: ${name}-2`,
    ])
  })
})

describe('what a Job keeps', () => {
  const generated = {
    selector: { matchLabels: { 'batch.kubernetes.io/controller-uid': UID } },
    template: template(
      {},
      {
        'batch.kubernetes.io/controller-uid': UID,
        'batch.kubernetes.io/job-name': 'sum',
        'controller-uid': UID,
        'job-name': 'sum',
      },
    ),
  }
  it.each<[string, object, object, readonly string[]]>([
    [
      'its completions',
      { completions: 2 },
      { completions: 3 },
      ['spec.completions: Invalid value: 3: field is immutable'],
    ],
    ['nothing of a growing indexed Job', indexed, { ...indexed, completions: 4, parallelism: 4 }, []],
    [
      'the parallelism of as many completions',
      indexed,
      { ...indexed, completions: 4 },
      ['spec.completions: Invalid value: 4: can only be modified in tandem with spec.parallelism'],
    ],
    [
      'its rules',
      { ...indexed },
      { ...indexed, backoffLimitPerIndex: 1, successPolicy: { rules: [{ succeededCount: 1 }] } },
      [
        'spec.backoffLimitPerIndex: Invalid value: 1: field is immutable',
        'spec.successPolicy: Invalid value: {"Rules":[{"SucceededIndexes":null,"SucceededCount":1}]}: field is immutable',
      ],
    ],
    [
      'nothing of where its Pods run before it begins',
      { suspend: true },
      { template: { ...generated.template, spec: { ...generated.template.spec, nodeSelector: { disk: 'ssd' } } } },
      [],
    ],
  ])('%s', (_what, before, after, expected) => {
    expect(updateRefusals(job(before), job({ ...generated, ...after }))).toEqual(expected)
  })
})

describe('what a CronJob is refused for', () => {
  it.each<[string, object, readonly string[]]>([
    ['nothing', { timeZone: 'Asia/Seoul' }, []],
    [
      'a time zone in the schedule',
      { schedule: 'CRON_TZ=Asia/Seoul 0 4 * * *', timeZone: 'Etc/UTC' },
      [
        'spec.schedule: Invalid value: "CRON_TZ=Asia/Seoul 0 4 * * *": cannot use TZ or CRON_TZ in schedule, use timeZone field instead',
      ],
    ],
    [
      'a time zone in other letters',
      { timeZone: 'asia/seoul' },
      ['spec.timeZone: Invalid value: "asia/seoul": unknown time zone asia/seoul'],
    ],
    [
      'the clock of some machine',
      { timeZone: 'local' },
      [
        'spec.timeZone: Invalid value: "local": timeZone must be an explicit time zone as defined in https://www.iana.org/time-zones',
        'spec.timeZone: Invalid value: "local": unknown time zone local',
      ],
    ],
    [
      'everything else, in the order of the fields',
      {
        schedule: '61 * * * *',
        startingDeadlineSeconds: -1,
        concurrencyPolicy: 'Queue',
        jobTemplate: { spec: { template: template(), manualSelector: true } },
        successfulJobsHistoryLimit: -1,
        failedJobsHistoryLimit: -1,
      },
      [
        'spec.schedule: Invalid value: "61 * * * *": end of range (61) above maximum (59): 61',
        `spec.startingDeadlineSeconds: Invalid value: -1: ${NOT_NEGATIVE}`,
        'spec.concurrencyPolicy: Unsupported value: "Queue": supported values: "Allow", "Forbid", "Replace"',
        'spec.jobTemplate.spec.manualSelector: Unsupported value: true: supported values: "nil", "false"',
        `spec.successfulJobsHistoryLimit: Invalid value: -1: ${NOT_NEGATIVE}`,
        `spec.failedJobsHistoryLimit: Invalid value: -1: ${NOT_NEGATIVE}`,
      ],
    ],
  ])('%s', (_what, spec, expected) => {
    expect(refusals(cronJob(spec))).toEqual(expected)
  })

  it('a name too long for those of its Jobs', () => {
    const name = 'a'.repeat(53)
    expect(refusals(cronJob({}, name))).toEqual([
      `metadata.name: Invalid value: "${name}": must be no more than 52 characters`,
    ])
  })
})
