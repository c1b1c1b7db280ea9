import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { parseShell } from './parser.ts'
import { matchesPattern } from './patterns.ts'
import { ShellSyntaxError } from './syntax-error.ts'

describe('parseShell', () => {
  it('either parses or refuses with a syntax error, whatever the text', () => {
    const piece = fc.constantFrom(
      'if',
      'then',
      'fi',
      'while',
      'do',
      'done',
      'for',
      'in',
      'case',
      'esac',
      'echo',
      'x=1',
      '$x',
      '${x',
      '}',
      '$(',
      ')',
      '(',
      '"',
      "'",
      '`',
      '\\',
      ';',
      ';;',
      '&&',
      '|',
      '&',
      '>',
      '<<E',
      '\n',
      '#',
      '$((',
      '{',
      ' ',
    )
    fc.assert(
      fc.property(fc.array(fc.oneof(piece, fc.string({ maxLength: 4 })), { maxLength: 25 }), (pieces) => {
        try {
          expect(JSON.parse(JSON.stringify(parseShell(pieces.join(' '))))).toBeTypeOf('object')
        } catch (error) {
          if (!(error instanceof ShellSyntaxError)) throw error
        }
      }),
      { numRuns: 600 },
    )
  })

  it('names the token that it did not expect, as ash does', () => {
    expect(() => parseShell('if true; fi')).toThrow('syntax error: unexpected "fi"')
    expect(() => parseShell('echo "open')).toThrow('syntax error: unterminated quoted string')
    expect(() => parseShell('while true; do date')).toThrow('syntax error: unexpected end of file')
  })
})

describe('matchesPattern', () => {
  it('agrees with plain equality where no character is special', () => {
    fc.assert(
      fc.property(fc.stringMatching(/^[a-z]{0,8}$/), fc.stringMatching(/^[a-z]{0,8}$/), (pattern, text) => {
        expect(matchesPattern(pattern, text)).toBe(pattern === text)
        expect(matchesPattern(`*${text}`, pattern + text)).toBe(true)
      }),
    )
  })

  it('knows stars, questions and classes', () => {
    expect(matchesPattern('*.conf', 'default.conf')).toBe(true)
    expect(matchesPattern('[a-c]?', 'b1')).toBe(true)
    expect(matchesPattern('[!a-c]?', 'b1')).toBe(false)
    expect(matchesPattern('a\\*', 'a*')).toBe(true)
    expect(matchesPattern('a\\*', 'ab')).toBe(false)
  })
})
