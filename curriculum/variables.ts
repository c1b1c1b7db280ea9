/** Values that differ from attempt to attempt, so that a task can be met again without being remembered. */
import { createHash } from 'node:crypto'
import { z } from 'zod'

export const variableSchema = z.union([
  z.strictObject({ oneOf: z.array(z.union([z.string(), z.number()])).min(1) }),
  z.strictObject({
    integer: z
      .tuple([z.number().int(), z.number().int()])
      .refine(([low, high]) => low <= high, 'the lower end comes first'),
  }),
])
export type Variable = z.infer<typeof variableSchema>
export type Values = { readonly [name: string]: string }

/** Draws each variable from the attempt's seed; the same seed gives the same values. */
export function drawValues(variables: { readonly [name: string]: Variable }, seed: string): Values {
  return Object.fromEntries(
    Object.entries(variables).map(([name, variable]) => [name, draw(variable, `${seed}/${name}`)]),
  )
}

function draw(variable: Variable, key: string): string {
  const chance = createHash('sha256').update(key).digest().readUInt32BE(0)
  if ('oneOf' in variable) return String(variable.oneOf[chance % variable.oneOf.length])
  const [low, high] = variable.integer
  return String(low + (chance % (high - low + 1)))
}

/** Puts the values in place of `${name}`; names that are not variables of the exercise stay as they are (shell scripts use them). */
export function substitute(text: string, values: Values): string {
  return text.replace(/\$\{(\w+)\}/g, (whole, name: string) => values[name] ?? whole)
}

/** As `substitute`, in every string of a plain value; `"${port}"` alone stays text. */
export function substituteAll<T>(value: T, values: Values): T
export function substituteAll(value: unknown, values: Values): unknown {
  if (typeof value === 'string') return substitute(value, values)
  if (Array.isArray(value)) return value.map((item) => substituteAll<unknown>(item, values))
  if (value !== null && typeof value === 'object')
    return Object.fromEntries(Object.entries(value).map(([key, item]) => [key, substituteAll<unknown>(item, values)]))
  return value
}
