/** The check types there are: one file each, one line here. */
import { z } from 'zod'
import type { Cluster } from '../../emulator/index.ts'
import type { CheckType, Observation } from './check.ts'
import { endpoints } from './endpoints.ts'
import { fields } from './fields.ts'
import { portMapping } from './port-mapping.ts'
import { traffic } from './traffic.ts'

/** A check type with its options hidden, so that a list can hold all of them. */
interface AnyCheck {
  readonly name: string
  readonly parse: z.ZodType<BoundCheck>
}

/** A check type together with the options an exercise gave it. */
export interface BoundCheck {
  readonly probeNamespace: string | undefined
  observe(cluster: Cluster): Observation
  /** The same check with `${variables}` filled in. */
  with(fill: <T>(value: T) => T): BoundCheck
}

function anyCheck<Options>(type: CheckType<Options>): AnyCheck {
  const bind = (options: Options): BoundCheck => ({
    probeNamespace: type.probeNamespace?.(options),
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
]

const bothLanguages = z.strictObject({ ko: z.string().min(1), en: z.string().min(1) })

/** A criterion in exercise.yaml: id, points, title, the sentence of why, what passing proves, and one check type's options. */
export const checkSchema = z
  .looseObject({
    id: z.string().regex(/^[a-z0-9-]+$/),
    points: z.number().int().positive(),
    title: bothLanguages,
    why: bothLanguages,
    proof: bothLanguages,
  })
  .transform((value, context) => {
    const { id, points, title, why, proof, ...rest } = value
    const names = Object.keys(rest)
    const type = checkTypes.find((candidate) => candidate.name === names[0])
    if (names.length !== 1 || type === undefined) {
      const known = checkTypes.map((candidate) => candidate.name).join(', ')
      context.addIssue({
        code: 'custom',
        message: `a check has exactly one of: ${known} (found: ${names.join(', ') || 'none'})`,
      })
      return z.NEVER
    }
    const parsed = type.parse.safeParse(rest[type.name])
    if (!parsed.success) {
      for (const issue of parsed.error.issues)
        context.addIssue({ code: 'custom', message: issue.message, path: [type.name, ...issue.path] })
      return z.NEVER
    }
    return { id, points, title, why, proof, check: parsed.data }
  })
