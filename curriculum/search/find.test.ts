import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import type { Locale } from '../types.ts'
import { find } from './find.ts'
import type { Marked } from './marks.ts'

const shown = (pieces: Marked = []) => pieces.map(({ text, found }) => (found ? `[${text}]` : text)).join('')
const pages = async (query: string, locale: Locale) =>
  (await find(query, locale, 20)).results.map(({ href }) => href.replace(/#.*/, ''))

describe('a Korean reader', () => {
  it.each([
    ['노드포트', '/lessons/nodeport'],
    ['노드', '/lessons/nodeport'],
    ['로드밸런서', '/lessons/load-balancer'],
    ['endpoint', '/lessons/endpoints'],
    ['headless', '/exercises/a-name-for-each-pod'],
    ['kube-proxy', '/lessons/who-does-what'],
  ])('finds by %s', async (query, page) => expect(await pages(query, 'ko')).toContain(page))

  it('is shown the English text where only that has the word', async () => {
    const { results } = await find('suspect', 'ko', 20)
    const english = results.filter(({ language }) => language === 'en')
    expect(english.length).toBeGreaterThan(0)
    for (const { excerpt } of english) expect(shown(excerpt)).toMatch(/\[suspect\w*\]/i)
  })
})

describe('an English reader', () => {
  it('is led to the heading that says it', async () => {
    const { results } = await find('targetPort can be a name', 'en', 5)
    expect(results[0]?.href).toBe('/lessons/service-definition#targetport-can-be-a-name')
    expect(shown(results[0]?.heading)).toBe('[targetPort] [can] [be] [a] [name]')
  })

  it('finds what was typed wrong', async () => expect(await pages('enpoints', 'en')).toContain('/lessons/endpoints'))

  it('finds by Korean words', async () =>
    expect(await pages('셀렉터', 'en')).toContain('/lessons/labels-and-selectors'))

  it('finds quizzes and cheat sheets by their titles', async () => {
    const { results } = await find('ports', 'en', 20)
    expect(results.map(({ kind }) => kind)).toEqual(expect.arrayContaining(['quiz', 'cheat-sheet', 'lesson']))
  })
})

it('says when nothing holds all the words', async () => {
  expect(await find('selector zeppelin', 'en', 5)).toMatchObject({ partial: true })
  expect(await find('zeppelin', 'en', 5)).toEqual({ results: [], total: 0, partial: false })
})

it('shows no solution: explanations and hints are not searched', async () => {
  const { results } = await find('set selector service version=green', 'en', 50)
  expect(results.filter(({ kind }) => kind === 'exercise').map(({ excerpt }) => shown(excerpt))).not.toContainEqual(
    expect.stringContaining('kubectl set selector'),
  )
})

it('takes whatever is typed', () =>
  fc.assert(
    fc.asyncProperty(fc.string({ unit: 'binary', maxLength: 300 }), async (query) => {
      const { results, total } = await find(query, 'ko', 5)
      expect(results.length).toBeLessThanOrEqual(Math.min(5, total))
    }),
    { numRuns: 200 },
  ))
