import { expect, it } from 'vitest'
import { printedOptions } from './quizzes.ts'
import type { QuestionDefinition } from './schemas.ts'

const text = { ko: '', en: '' }
const asking = (...options: readonly string[]): Extract<QuestionDefinition, { kind: 'output' }> => ({
  id: 'ports',
  kind: 'output',
  lesson: 'nodeport',
  prompt: text,
  explanation: text,
  domains: [],
  before: [],
  run: "kubectl get service kubernetes -o jsonpath='{.spec.ports[0].port} {.spec.ports[0].targetPort}'",
  options: options.map((each, index) => ({ id: `${index}`, text: each, why: text })),
})

it('finds the option that says what is printed', async () => {
  expect(await printedOptions(asking('6443 443', '443  6443'))).toEqual(['1'])
})

it('marks nobody where no option says it', async () => {
  await expect(printedOptions(asking('80', '6443'))).rejects.toThrow('question ports: no option says "443 6443"')
})
