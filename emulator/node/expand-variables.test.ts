import fc from 'fast-check'
import { expect, it } from 'vitest'
import { expandVariables } from './expand-variables.ts'

const values = new Map([
  ['A', 'one'],
  ['B', '$(A)'],
])
const expand = (text: string) => expandVariables(text, (name) => values.get(name))

it.each([
  ['$(A)', 'one'],
  ['x$(A)y$(A)', 'xoneyone'],
  ['$(B)', '$(A)'],
  ['$$(A)', '$(A)'],
  ['$$$(A)', '$one'],
  ['$(C)', '$(C)'],
  ['$(A', '$(A'],
  ['$A', '$A'],
  ['$', '$'],
  ['', ''],
])('%s gives %s', (text, expected) => {
  expect(expand(text)).toBe(expected)
})

it('leaves any text without a dollar as it is', () => {
  fc.assert(
    fc.property(
      fc.string().filter((text) => !text.includes('$')),
      (text) => {
        expect(expand(text)).toBe(text)
      },
    ),
  )
})
