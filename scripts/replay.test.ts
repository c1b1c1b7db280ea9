/**
 * The emulated terminal beside recordings of a real cluster, where they are at hand: in `$SLIPWAY_RECORDINGS` or in the
 * folder `shared/oracle` beside the checkout (cases/ with transcripts, compare.mjs that judges them).
 */
import { existsSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join, resolve } from 'node:path'
import { pathToFileURL } from 'node:url'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { readCases } from './replay/cases.ts'
import { replayCase } from './replay/terminal.ts'

interface ComparedCase {
  readonly topic: string
  readonly steps: readonly { readonly run: string; readonly ok: boolean; readonly unjudged?: boolean }[]
}
type Compare = (recorded: string, actual: string) => readonly ComparedCase[]

const recordings = resolve(process.env.SLIPWAY_RECORDINGS ?? '../shared/oracle')
const present = existsSync(join(recordings, 'compare.mjs'))

/** Topics in which every step of every case matches; a topic is added when it gets there and never taken out. */
const whole = [
  'apply-patch',
  'configmaps-secrets',
  'deployments',
  'dns-coredns',
  'errors',
  'externalname',
  'jobs-cronjobs',
  'labels-selectors',
  'loadbalancer',
  'net-clusterip',
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
const FLOOR = 98

describe.skipIf(!present)(
  `recordings of a real cluster${present ? '' : ` (skipped: ${recordings} is not there)`}`,
  () => {
    const out = mkdtempSync(join(tmpdir(), 'slipway-replay-'))
    let compared: readonly ComparedCase[] = []

    beforeAll(async () => {
      for (const subject of readCases(join(recordings, 'cases')))
        writeFileSync(join(out, `${subject.name}.json`), JSON.stringify(await replayCase(subject)))
      const { compare } = (await import(pathToFileURL(join(recordings, 'compare.mjs')).href)) as { compare: Compare }
      compared = compare(join(recordings, 'cases'), out)
    }, 300_000)
    afterAll(() => rmSync(out, { recursive: true, force: true }))

    const judged = (cases: readonly ComparedCase[]) =>
      cases.flatMap((one) => one.steps).filter((step) => !step.unjudged)

    it.each(whole)('match in every step of %s', (topic) => {
      const steps = judged(compared.filter((one) => one.topic === topic))
      expect(steps.length).toBeGreaterThan(0)
      expect(steps.filter((step) => !step.ok).map((step) => step.run)).toEqual([])
    })

    it(`match in at least ${FLOOR} % of all steps`, () => {
      const steps = judged(compared)
      expect((100 * steps.filter((step) => step.ok).length) / steps.length).toBeGreaterThanOrEqual(FLOOR)
    })
  },
)
