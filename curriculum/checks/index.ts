/** The check types there are: one file each, one line here. */
import { z } from 'zod'
import type { Cluster } from '../../emulator/index.ts'
import { mistakeIn } from '../yaml-source.ts'
import { afterRestart } from './after-restart.ts'
import { allOf } from './all.ts'
import type { CheckType, Observation } from './check.ts'
import { dnsServer } from './dns-server.ts'
import { endpoints } from './endpoints.ts'
import { fields } from './fields.ts'
import { fileLookup } from './file-lookup.ts'
import { fileValues } from './file-values.ts'
import { lookup } from './lookup.ts'
import { noYounger } from './no-younger.ts'
import { portMapping } from './port-mapping.ts'
import { traffic } from './traffic.ts'

/** A check type with its options hidden, so that a list can hold all of them. */
interface AnyCheck {
  readonly name: string
  readonly parse: z.ZodType<BoundCheck>
}

/** A check type together with the options an exercise gave it. */
export interface BoundCheck {
  /** Where it needs the grader's own Pod. */
  readonly probeNamespaces: readonly string[]
  observe(cluster: Cluster): Observation
  /** The same check with `${variables}` filled in. */
  with(fill: <T>(value: T) => T): BoundCheck
}

function anyCheck<Options>(type: CheckType<Options>): AnyCheck {
  const bind = (options: Options): BoundCheck => ({
    probeNamespaces: [type.probeNamespace?.(options) ?? []].flat(),
    observe: (cluster) => type.observe(options, cluster),
    with: (fill) => bind(fill(options)),
  })
  return { name: type.name, parse: type.options.transform(bind) }
}

const checkTypes: readonly AnyCheck[] = [
  anyCheck(fields),
  anyCheck(portMapping),
  anyCheck(endpoints),
  anyCheck(traffic),
  anyCheck(lookup),
  anyCheck(fileLookup),
  anyCheck(afterRestart),
  anyCheck(noYounger),
  anyCheck(dnsServer),
  anyCheck(fileValues),
]

/** The one check that an object names by its type, with its options; what is wrong goes to `context`. */
function boundCheck(given: { readonly [name: string]: unknown }, context: z.RefinementCtx): BoundCheck {
  const names = Object.keys(given)
  const type = [...checkTypes, all].find((candidate) => candidate.name === names[0])
  if (names.length !== 1 || type === undefined) {
    const known = [...checkTypes, all].map((candidate) => candidate.name).join(', ')
    const message = `a check has exactly one of: ${known} (found: ${names.join(', ') || 'none'})`
    context.addIssue({ code: 'custom', message })
    return z.NEVER
  }
  const parsed = type.parse.safeParse(given[type.name])
  if (parsed.success) return parsed.data
  const { at, sentence } = mistakeIn(parsed.error.issues)
  context.addIssue({ code: 'custom', message: sentence, path: [type.name, ...at] })
  return z.NEVER
}

/** The options of one check: a single key, its type's name. */
const oneCheck = z.record(z.string(), z.unknown()).transform(boundCheck)

/** Holds other checks, so it stands apart from the list that they are looked up in. */
const all: AnyCheck = {
  name: 'all',
  parse: z
    .array(z.lazy(() => oneCheck))
    .min(2)
    .transform(allOf),
}

const bothLanguages = z.strictObject({ ko: z.string().min(1), en: z.string().min(1) })

const id = z.string().regex(/^[a-z0-9-]+$/)

/** A criterion in exercise.yaml: id, points, title, the sentence of why, what passing proves, and one check type's options. */
export const checkSchema = z
  .looseObject({
    id,
    points: z.number().int().positive(),
    title: bothLanguages,
    why: bothLanguages,
    proof: bothLanguages,
  })
  .transform(({ id, points, title, why, proof, ...rest }, context) => ({
    id,
    points,
    title,
    why,
    proof,
    check: boundCheck(rest, context),
  }))

/** A goal in lesson.yaml: id, the script that reaches it from the lesson's start, and one check type's options. */
export const goalSchema = z
  .looseObject({ id, reach: z.string().min(1) })
  .transform(({ id, reach, ...rest }, context) => ({ id, reach, check: boundCheck(rest, context) }))
