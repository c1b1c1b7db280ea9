import { list, rules, type Schema } from './schema.ts'

const MAX_RULES = 16

const sizes = Array.from(
  { length: MAX_RULES },
  (_, index) => `(self.size() > ${index} ? (has(self[${index}].matches) ? self[${index}].matches.size() : 0) : 0)`,
)

const uniqueNames: readonly [string, string] = [
  'self.all(l1, !has(l1.name) || self.exists_one(l2, has(l2.name) && l1.name == l2.name))',
  'Rule name must be unique within the route',
]

/** Rules of a route whose matches are limited together. */
export const matchingRules = (rule: Schema, fallback: readonly object[] | undefined): Schema =>
  list('What is matched, changed and sent where.', rule, MAX_RULES, {
    ...(fallback && { default: JSON.parse(JSON.stringify(fallback)) }),
    minItems: 1,
    ...rules(
      [
        `${sizes.join(' + ')} <= 128`,
        'While 16 rules and 64 matches per rule are allowed, the total number of matches across all rules in a route must be less than 128',
      ],
      uniqueNames,
    ),
  })

/** The one rule, or few, of a route that only forwards. */
export const forwardingRules = (rule: Schema): Schema =>
  list('Where connections are sent.', rule, MAX_RULES, { minItems: 1, ...rules(uniqueNames) })
