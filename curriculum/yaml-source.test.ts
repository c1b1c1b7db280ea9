import { describe, expect, it } from 'vitest'
import { exerciseSchema, quizSchema } from './schemas.ts'
import { lineOf, parseYaml } from './yaml-source.ts'

const exercise = `title: { ko: 가, en: a }
minutes: 5
difficulty: easy
domains: [cka/services-networking]
workspace: { machine: laptop, user: learner }
checks:
  - id: one
    points: 1
    title: { ko: 가, en: a }
    why: { ko: 가, en: a }
    proof: { ko: 가, en: a }
    fields: { kind: Service, name: web, paths: [spec.type] }
hints:
  - { ko: 가, en: a }
  - { ko: 가, en: a }
`
const messageOf = (source: string) => {
  try {
    parseYaml(source, 'content/exercises/t/x/exercise.yaml', exerciseSchema)
    return ''
  } catch (error) {
    return (error as Error).message
  }
}

describe('a mistake in a YAML file of content/', () => {
  it('does not exist in a good file', () => expect(messageOf(exercise)).toBe(''))

  it('is named with its line for a wrong value', () =>
    expect(messageOf(exercise.replace('minutes: 5', 'minutes: five'))).toMatch(
      /^content\/exercises\/t\/x\/exercise\.yaml:2: minutes: .*number/,
    ))

  it('is named with the line of the check for an unknown check type', () =>
    expect(messageOf(exercise.replace('fields:', 'feilds:'))).toMatch(
      /:7: checks\.0: a check has exactly one of: fields, .* \(found: feilds\)/,
    ))

  it('is named with its line inside a check', () =>
    expect(messageOf(exercise.replace('paths:', 'path:'))).toMatch(/:12: checks\.0\.fields/))

  it('is named with its line when it is not YAML', () =>
    expect(messageOf(exercise.replace('difficulty: easy', 'difficulty: [easy'))).toMatch(/exercise\.yaml:\d+: /))

  it('is found in quizzes too', () => {
    const quiz =
      'title: { ko: 가, en: a }\nlesson: x\ndomains: [cka/storage]\nquestions:\n  - id: q\n    kind: single\n    prompt: { ko: 가, en: a }\n    explanation: { ko: 가, en: a }\n    options:\n      - { id: a, text: a, why: { ko: 가, en: a } }\n      - { id: b, text: b, why: { ko: 가, en: a } }\n'
    expect(() => parseYaml(quiz, 'q.yaml', quizSchema)).toThrow(
      /^q\.yaml:9: questions\.0\.options: exactly one option must be correct$/,
    )
  })
})

describe('lineOf', () => {
  it('falls back to the nearest parent that exists', () => expect(lineOf('a: 1\nb:\n  c: 2\n', ['b', 'd'])).toBe(2))
  it('counts items of sequences', () => expect(lineOf('- x\n- - y\n  - z\n', [1, 1])).toBe(3))
})
