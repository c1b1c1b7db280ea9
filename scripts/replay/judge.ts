import { existsSync } from 'node:fs'
import { join, resolve } from 'node:path'
import { pathToFileURL } from 'node:url'
import type { Transcript } from './cases.ts'
import { foldVersions } from './client-version.ts'

interface Recording extends Transcript {
  readonly steps: readonly (Transcript['steps'][number] & { readonly unstable?: boolean })[]
}
interface Comparison {
  readonly load: (path: string) => ReadonlyMap<string, Recording>
  readonly compareCase: (recorded: Recording, actual: Transcript | undefined) => readonly { readonly ok: boolean }[]
}

/** Where recordings of a real cluster are, if they are at hand: cases/ with transcripts, compare.mjs that judges them. */
export const recordings = resolve(process.env.SLIPWAY_RECORDINGS ?? '../shared/oracle')
export const recordingsPresent = existsSync(join(recordings, 'compare.mjs'))

/** One judged step of a replay; steps are counted from 1. */
export interface Judged {
  readonly topic: string
  readonly case: string
  readonly step: number
  readonly run: string
  readonly ok: boolean
}

/** Judges transcripts beside the recordings; `minor` is the version of the kubectl that printed them. */
export async function judge(transcripts: readonly Transcript[], minor = 36): Promise<readonly Judged[]> {
  const { load, compareCase }: Comparison = await import(pathToFileURL(join(recordings, 'compare.mjs')).href)
  const recorded = load(join(recordings, 'cases'))
  const folded = <T extends Transcript>(one: T): T => ({ ...one, steps: one.steps.map((s) => foldVersions(s, minor)) })
  return transcripts.flatMap((actual) => {
    const recording = recorded.get(actual.name)
    if (!recording) throw new Error(`there is no recording of ${actual.name}`)
    const compared = compareCase(folded(recording), folded(actual))
    return recording.steps.flatMap(({ run, unstable }, i) =>
      unstable
        ? []
        : [{ topic: recording.topic, case: recording.name, step: i + 1, run, ok: compared[i]?.ok === true }],
    )
  })
}
