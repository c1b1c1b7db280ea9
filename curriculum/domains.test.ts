import { expect, it } from 'vitest'
import { examDomains } from './domains.ts'
import { quizSchema } from './schemas.ts'
import { parseYaml } from './yaml-source.ts'

it.each(['CKA', 'CKAD'] as const)('the weights of %s add up to the whole exam', (exam) => {
  const weights = examDomains.filter((domain) => domain.exam === exam).map((domain) => domain.weight)
  expect(weights.reduce((sum, weight) => sum + weight, 0)).toBe(100)
})

const quiz = (head: string, inQuestion: string) => `title: { ko: 퀴즈, en: Quiz }
lesson: nodeport
${head}
questions:
  - id: highest
    kind: short
    ${inQuestion}
    prompt: { ko: 가, en: a }
    explanation: { ko: 가, en: a }
    accept: ["32767"]
`

it('a quiz without a domain, or with one that no exam has, is a mistake with its line', () => {
  const read = (head: string, inQuestion: string) => () => parseYaml(quiz(head, inQuestion), 'quiz.yaml', quizSchema)
  expect(read('domains: [cka/storage]', '')).not.toThrow()
  expect(read('', '')).toThrow(/quiz\.yaml.*domains/)
  expect(read('domains: []', '')).toThrow(/quiz\.yaml:3/)
  expect(read('domains: [cka/networking]', '')).toThrow(/quiz\.yaml:3.*domains\.0/)
  expect(read('domains: [cka/storage]', 'domains: [cka/networking]')).toThrow(/quiz\.yaml:7.*domains\.0/)
})
