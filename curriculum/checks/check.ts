/**
 * A check type turns a cluster into facts: short lines that name objects and what they do. A criterion passes when every
 * fact of the reference solution's own cluster holds in the learner's too, so what is expected is never typed by hand.
 */
import type { z } from 'zod'
import type { Cluster, Hop, Trace } from '../../emulator/index.ts'
import type { Localised } from '../types.ts'

export interface Observation {
  /** One line a fact: `spec.type: NodePort`, `30008 → 80 → 80/TCP`, `laptop → 192.168.1.2:30008: 200 from Pod web`. */
  readonly facts: readonly Localised[]
  /** True if facts beyond the solution's fail the criterion (a Pod too many behind the Service). */
  readonly exact?: boolean
  /** What to show as *yours* when there are no facts (`Service "web" not found`). */
  readonly absent?: Localised
  /** What all the facts are about (`Service web`), for where they stand beside those of another object. */
  readonly subject?: string
  /** For traffic: where the first request that failed died, and its way there. */
  readonly hop?: Hop
  readonly trace?: Trace
}

export interface CheckType<Options> {
  readonly name: string
  readonly options: z.ZodType<Options>
  /** The namespace in which the check needs a Pod of the grader's own to send requests from. */
  readonly probeNamespace?: (options: Options) => string | undefined
  readonly observe: (options: Options, cluster: Cluster) => Observation
}

/** Identity with types. */
export function defineCheck<Options>(type: CheckType<Options>): CheckType<Options> {
  return Object.freeze(type)
}

/** Name of the Pod that the grader adds to its own copy of the cluster. */
export const PROBE_POD = 'slipway-probe'

/** A fact or note that reads the same in both languages: field paths, ports, names of objects. */
export const inBoth = (text: string): Localised => ({ ko: text, en: text })

/** `Service "web" not found in namespace "default"`: what stands for the facts of an object that is not there. */
export const notFound = (kind: string, name: string, namespace: string): Localised => ({
  ko: `네임스페이스 "${namespace}"에 ${kind} "${name}" 없음`,
  en: `no ${kind} "${name}" in namespace "${namespace}"`,
})
