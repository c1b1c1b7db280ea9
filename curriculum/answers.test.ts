import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { answerSchema, messageSchema } from './answers.ts'
import { markAnswer, quizDefinition, quizSlugs } from './quizzes.ts'

const questions = quizSlugs().flatMap((slug) =>
  (quizDefinition(slug)?.questions ?? []).filter(({ kind }) => kind !== 'output').map(({ id }) => ({ slug, id })),
)
const text = fc.oneof(
  fc.string(),
  fc.string({ unit: 'binary' }),
  fc.constantFrom('', ' ', '0', '-1', '1e9', 'NaN', '__proto__', 'constructor', 'toString', '\u0000', '\ud800', '가'),
  fc.integer().map(String),
  fc.string().map((one) => one.repeat(100)),
)

describe('an answer of any size or kind', () => {
  it('is refused or a short list of short texts', () =>
    fc.assert(
      fc.property(fc.oneof(fc.anything(), fc.array(text), fc.array(fc.anything())), (given) => {
        const { data } = answerSchema.safeParse(given)
        if (data === undefined) return
        expect(data.length).toBeLessThanOrEqual(20)
        for (const one of data) expect(one.length).toBeLessThanOrEqual(200)
        expect(JSON.stringify(data)).not.toMatch(/\\u0000|\\ud[89a-f]/)
      }),
    ))

  it('that is accepted is marked, right or wrong, for every question', () =>
    fc.assert(
      fc.asyncProperty(
        fc.constantFrom(...questions),
        fc.array(text, { minLength: 1, maxLength: 20 }),
        fc.constantFrom('ko' as const, 'en' as const),
        async ({ slug, id }, given, locale) => {
          const answer = answerSchema.safeParse(given).data
          if (answer === undefined) return
          const { correct, explanation } = await markAnswer(slug, id, answer, locale)
          expect(typeof correct).toBe('boolean')
          expect(explanation).not.toBe('')
        },
      ),
      { numRuns: 300 },
    ))
})

it('words on a task are refused, or kept as they are between blanks', () =>
  fc.assert(
    fc.property(fc.oneof(fc.anything(), text), (given) => {
      const { data } = messageSchema.safeParse(given)
      if (data !== undefined) expect(data).toBe(String(given).trim())
    }),
  ))

it.each(['', '  \n', '\u0000', 'half \ud83d', 'x'.repeat(2001), 7, null, ['x'], { toString: 'x' }])(
  'words are not: %j',
  (given) => expect(messageSchema.safeParse(given).success).toBe(false),
)
