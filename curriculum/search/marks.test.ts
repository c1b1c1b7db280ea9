import { expect, it } from 'vitest'
import { excerptOf, type Marked, mark } from './marks.ts'

const shown = (pieces: Marked) => pieces.map(({ text, found }) => (found ? `[${text}]` : text)).join('')

it('marks words in any case, within others too, Korean ones across a blank', () => {
  expect(shown(mark('The targetPort of a Port', ['port']))).toBe('The target[Port] of a [Port]')
  expect(shown(mark('로드 밸런서가 없어요', ['로드밸런서']))).toBe('[로드 밸런서]가 없어요')
  expect(shown(mark('503 and 3', ['3']))).toBe('503 and [3]')
  expect(shown(mark('서비스'.normalize('NFD'), ['서비스']))).toBe('[서비스]')
})

it('takes signs as they are, and nothing as nothing', () => {
  expect(shown(mark('a.b axb', ['a.b']))).toBe('[a.b] axb')
  expect(shown(mark('as it is', []))).toBe('as it is')
  expect(mark('', ['a'])).toEqual([])
})

const filler = 'nothing to see here '.repeat(20)

it('cuts an excerpt out around the place that holds the most of the words', () => {
  const text = `${filler}a selector alone ${filler}the selector and its labels ${filler}`
  expect(shown(excerptOf(text, ['selector', 'labels']))).toMatch(/^… .*the \[selector\] and its \[labels\] .* …$/)
  expect(shown(excerptOf(text, ['selector', 'labels'])).length).toBeLessThan(220)
})

it('begins at the beginning where there is nothing to mark', () => {
  expect(shown(excerptOf('short', ['zeppelin']))).toBe('short')
  expect(shown(excerptOf(filler, ['zeppelin']))).toMatch(/^nothing to see.* …$/)
})

it('cuts words without end too', () => {
  expect(shown(excerptOf(`${'가'.repeat(500)}나`, ['나'])).length).toBeLessThan(260)
})
