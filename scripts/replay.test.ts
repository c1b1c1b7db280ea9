/**
 * The emulated terminal beside recordings of a real cluster, where they are at hand: in `$SLIPWAY_RECORDINGS` or in the
 * folder `shared/oracle` beside the checkout (cases/ with transcripts, compare.mjs that judges them).
 */
import { join } from 'node:path'
import { beforeAll, describe, expect, it } from 'vitest'
import { readCases, type Transcript } from './replay/cases.ts'
import { type Judged, judge, recordings, recordingsPresent } from './replay/judge.ts'
import { replayCase } from './replay/terminal.ts'
import { unexplained } from './replay/unexplained.ts'

/** Topics in which every step of every case matches; a topic is added when it gets there and never taken out. */
const whole = [
  'apply-patch',
  'configmaps-secrets',
  'deployments',
  'dns-coredns',
  'errors',
  'externalname',
  'ingress',
  'jobs-cronjobs',
  'labels-selectors',
  'loadbalancer',
  'namespaces-config',
  'net-clusterip',
  'net-dns',
  'net-endpoints',
  'net-env',
  'net-exec-logs',
  'net-iptables',
  'net-loadbalancer',
  'net-node',
  'net-nodeport',
  'net-spread',
  'networkpolicy',
  'nodeport',
  'notes',
  'pods',
  'rbac-auth',
  'seeds-000',
  'seeds-001',
  'seeds-002',
  'seeds-003',
  'seeds-004',
  'service-create',
  'service-types-defaults',
]
/** Percent of all judged steps that match: it only ever rises. */
const FLOOR = 99

describe.skipIf(!recordingsPresent)(
  `recordings of a real cluster${recordingsPresent ? '' : ` (skipped: ${recordings} is not there)`}`,
  () => {
    let judged: readonly Judged[] = []

    beforeAll(async () => {
      const transcripts: Transcript[] = []
      for (const subject of readCases(join(recordings, 'cases'))) transcripts.push(await replayCase(subject))
      judged = await judge(transcripts)
    }, 300_000)

    it.each(whole)('match in every step of %s', (topic) => {
      const steps = judged.filter((step) => step.topic === topic)
      expect(steps.length).toBeGreaterThan(0)
      expect(steps.filter((step) => !step.ok).map((step) => step.run)).toEqual([])
    })

    it(`match in at least ${FLOOR} % of all steps`, () => {
      expect((100 * judged.filter((step) => step.ok).length) / judged.length).toBeGreaterThanOrEqual(FLOOR)
    })

    it('differ where, and only where, a reason is given', () => {
      expect(unexplained(judged, 'terminal')).toEqual([])
    })
  },
)
