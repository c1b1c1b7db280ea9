/**
 * A real kubectl in a real bash beside recordings of a real cluster, where both are at hand: the newest kubectl beside the
 * one on PATH, and the recordings that replay.test.ts reads.
 */
import { join } from 'node:path'
import { beforeAll, describe, expect, it } from 'vitest'
import { readCases, type Transcript } from './replay/cases.ts'
import { type Judged, judge, recordings, recordingsPresent } from './replay/judge.ts'
import { replayCaseWithKubectl } from './replay/kubectl.ts'
import { measured } from './replay/measured.ts'
import { newestKubectl } from './replay/newest-kubectl.ts'
import { unexplained } from './replay/unexplained.ts'

/** Percent of all judged steps that match: it only ever rises. */
const FLOOR = 99
/** Percent of the cases of which every step matches. */
const WHOLE = 95

const kubectl = newestKubectl()
const missing = recordingsPresent ? (kubectl ? undefined : 'no kubectl is on PATH') : `${recordings} is not there`

describe.skipIf(missing !== undefined)(`a real kubectl${missing ? ` (skipped: ${missing})` : ''}`, () => {
  let judged: readonly Judged[] = []
  let raw: readonly Judged[] = []

  beforeAll(async () => {
    if (!kubectl) return
    const transcripts: Transcript[] = []
    for (const subject of readCases(join(recordings, 'cases')))
      transcripts.push(await replayCaseWithKubectl(subject, kubectl.path))
    judged = await judge(transcripts, kubectl.minor)
    raw = await judge(transcripts)
  }, 900_000)

  it(`matches in at least ${FLOOR} % of all steps`, () => {
    expect((100 * judged.filter((step) => step.ok).length) / judged.length).toBeGreaterThanOrEqual(FLOOR)
  })

  it(`matches in every step of at least ${WHOLE} % of the cases`, () => {
    const cases = new Set(judged.map((step) => step.case))
    const broken = new Set(judged.filter((step) => !step.ok).map((step) => step.case))
    expect((100 * (cases.size - broken.size)) / cases.size).toBeGreaterThanOrEqual(WHOLE)
  })

  it.skipIf(kubectl?.minor !== measured.minor)('comes to what the fidelity page says, or more', () => {
    expect(raw.filter((step) => step.ok).length).toBeGreaterThanOrEqual(measured.raw)
    expect(judged.filter((step) => step.ok).length).toBeGreaterThanOrEqual(measured.folded)
    expect(judged).toHaveLength(measured.steps)
  })

  it('differs where, and only where, a reason is given', () => {
    expect(unexplained(judged, 'kubectl')).toEqual([])
  })
})
