/**
 * Several checks as one criterion: all of their facts must hold. For what is worth points only together, such as
 * endpoints found *and* the Deployment left as it was.
 */
import type { Cluster } from '../../emulator/index.ts'
import type { Localised } from '../types.ts'
import type { Observation } from './check.ts'
import type { BoundCheck } from './index.ts'

export function allOf(parts: readonly BoundCheck[]): BoundCheck {
  return {
    probeNamespaces: parts.flatMap((part) => part.probeNamespaces),
    observe: (cluster: Cluster) => together(parts.map((part) => part.observe(cluster))),
    with: (fill) => allOf(parts.map((part) => part.with(fill))),
  }
}

/** Fields of several objects say whose they are: one object's value must not stand for another's. */
function factsOf({ facts, absent, subject }: Observation, named: boolean): readonly Localised[] {
  if (facts.length === 0 && absent !== undefined) return [absent]
  if (subject === undefined || !named) return facts
  return facts.map(({ ko, en }) => ({ ko: `${subject} ${ko}`, en: `${subject} ${en}` }))
}

/** A part that has no facts (its object is missing) says so in its place; facts too many fail if they do so in any part. */
function together(parts: readonly Observation[]): Observation {
  const failed = parts.find((part) => part.hop !== undefined)
  const trace = (failed ?? parts.find((part) => part.trace !== undefined))?.trace
  const named = new Set(parts.flatMap(({ subject }) => subject ?? [])).size > 1
  return {
    facts: parts.flatMap((part) => factsOf(part, named)),
    exact: parts.some((part) => part.exact === true),
    ...(failed?.hop && { hop: failed.hop }),
    ...(trace && { trace }),
  }
}
