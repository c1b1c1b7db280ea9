import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { type Key, KeyDecoder } from './keys.ts'

const names = (keys: readonly Key[]): string[] =>
  keys.map((key) => (key.kind === 'key' ? key.name : `${key.kind}:${key.text}`))

describe('KeyDecoder', () => {
  it.each([
    ['ab', ['text:ab']],
    ['\u0001\u001bb\u001b[A\u001bOH', ['ctrl-a', 'alt-b', 'up', 'home']],
    ['\u001b[1;5C\u001b[1;3D\u001b[3~', ['ctrl-right', 'alt-left', 'delete']],
    ['\r\t\u007f\u001b\u007f', ['enter', 'tab', 'backspace', 'alt-backspace']],
    ['\u001b[200~a\rb\u001b[201~c', ['paste:a\rb', 'text:c']],
    ['\u001b[?1;2c한', ['text:한']],
  ])('%j', (data, keys) => {
    expect(names(new KeyDecoder().decode(data))).toEqual(keys)
  })

  it('gives the same keys however the data is cut', () => {
    const data = 'ls\u001b[A\u001b[1;5D\u001b[200~pa\nste\u001b[201~\u001bf한글\u007f\r'
    fc.assert(
      fc.property(fc.uniqueArray(fc.integer({ min: 1, max: data.length - 1 })), (cuts) => {
        const decoder = new KeyDecoder()
        const edges = [0, ...cuts.sort((left, right) => left - right), data.length]
        const keys = edges.slice(1).flatMap((end, index) => decoder.decode(data.slice(edges[index], end)))
        const joined = names(keys)
          .join(' ')
          .replaceAll(/ text:(?=\S+)/g, (whole, at: number, all: string) =>
            /text:\S*$/.test(all.slice(0, at)) ? '' : whole,
          )
        expect(joined).toBe(names(new KeyDecoder().decode(data)).join(' '))
      }),
    )
  })

  it('never keeps what can be no key', () => {
    fc.assert(
      fc.property(fc.string({ unit: 'binary', maxLength: 60 }), (data) => {
        const decoder = new KeyDecoder()
        decoder.decode(data)
        decoder.decode('\u001b[201~')
        expect(names(decoder.decode('\r')).at(-1)).toMatch(/enter$/)
      }),
    )
  })
})
