import { describe, expect, it } from 'vitest'
import { listTracks, tracksOf } from './tracks.ts'

const track = (slug: string, lessons: string) =>
  `- { slug: ${slug}, note: "000", title: { ko: 가, en: A }, summary: { ko: 나, en: B }, lessons: [${lessons}] }`

describe('tracks', () => {
  it('mirror one note each', () => {
    const notes = listTracks().map((one) => one.note)
    expect(new Set(notes).size).toBe(notes.length)
  })

  it('keep the order in which they are written', () => {
    const tracks = tracksOf(`${track('b', 'two, one')}\n${track('a', 'three')}`, ['one', 'three', 'two'])
    expect(tracks.flatMap((one) => one.lessons)).toEqual(['two', 'one', 'three'])
  })

  it.each([
    [
      'a lesson that is not there',
      `${track('a', 'one')}\n${track('b', 'nope')}`,
      /tracks\.yaml:2: there is no folder .*nope/,
    ],
    ['a lesson in two tracks', `${track('a', 'one')}\n${track('b', 'one')}`, /tracks\.yaml:2: the lesson one already/],
    ['a lesson in no track', track('a', 'one'), /tracks\.yaml:1: no track has the lesson two/],
    ['an empty track', track('a', ''), /tracks\.yaml:1: 0\.lessons/],
  ])('refuse %s, with the line', (_, source, message) => {
    const folders = source.includes('nope') || source.includes('b') ? ['one'] : ['one', 'two']
    expect(() => tracksOf(source, folders)).toThrow(message)
  })
})
