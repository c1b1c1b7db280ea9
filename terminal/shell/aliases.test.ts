import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import { createCluster } from '../../emulator/index.ts'
import { createSession } from '../session.ts'
import { virtualTime } from '../time.ts'
import { commandLines, expandAliases, TOO_MANY_ALIASES } from './aliases.ts'

const ALIASES = new Map([
  ['k', 'kubectl'],
  ['l', 'l; l'],
  ['a', 'b'],
  ['b', 'a'],
  ['e', 'echo '],
  ['t', 'e'],
  ['ls', 'ls --color'],
  ['ll', 'ls -l'],
  ['w', 'while read q; do'],
])

// Each of these was compared with what bash 5.2 prints.
test.each([
  ['l x', 'l; l x'],
  ['a; b', 'a; b'],
  ['ll', 'ls --color -l'],
  ['e k; e e k', 'echo  kubectl; echo  echo  kubectl'],
  ['t k', 'echo  k'],
  ['w :; done', 'while read q; do :; done'],
  ['k a && k b | k c; ! k d & k', 'kubectl a && kubectl b | kubectl c; ! kubectl d & kubectl'],
  ['echo $(k v) "$(k w)" `k x` <(k y) k', 'echo $(kubectl v) "$(kubectl w)" `kubectl x` <(kubectl y) k'],
  ['if k; then k; else k; fi', 'if kubectl; then kubectl; else kubectl; fi'],
  ['for k in k; do k; done', 'for k in k; do kubectl; done'],
  ['case k in k) k;; (l|k) k ;; esac; k', 'case k in k) kubectl;; (l|k) kubectl ;; esac; kubectl'],
  ['f() { k; }; function k { k; }', 'f() { kubectl; }; function k { kubectl; }'],
  ['x=1 2>k k v >k', 'x=1 2>k kubectl v >k'],
  ['a=(k l); [[ k == $(k) && l ]]; k', 'a=(k l); [[ k == $(kubectl) && l ]]; kubectl'],
  ['\\k; \'k\'; "k"; echo k # k', '\\k; \'k\'; "k"; echo k # k'],
  ['cat <<k\nk $(k)\nk\nk', 'cat <<k\nk $(k)\nk\nkubectl'],
  ['cat <<-"E"; k\n\tk\n\tE\nk', 'cat <<-"E"; kubectl\n\tk\n\tE\nkubectl'],
])('%s', (text, expanded) => {
  expect(expandAliases(text, ALIASES)).toBe(expanded)
})

test('a chain that doubles at each name has an end', () => {
  const chain = Array.from({ length: 30 }, (_, i) => [`a${i}`, `a${i + 1}; a${i + 1}`] as const)
  expect(expandAliases('a0', new Map(chain))).toBeUndefined()
})

test.each(['$(', '"${', '"$(', '$((', '((', '(', 'a=(', '@(', '<(', 'case k in $('])(
  'text that %s nests without an end',
  (part) => {
    const text = `${part.repeat(50_000)}k`
    expect(expandAliases(text, ALIASES)).toBe(text)
  },
)

test('what names no alias stays as it is, whatever it looks like', () => {
  const part = fc.constantFrom(
    ...[
      'k',
      ' ',
      '\n',
      ';',
      '(',
      ')',
      '$(',
      '((',
      '`',
      '"',
      "'",
      '\\',
      '#',
      '${',
      '}',
      '<<',
      '<',
      '[[',
      ']]',
      'case',
      'in',
      'esac',
      ';;',
      '|',
      '&',
      '=',
      '&>',
      "$'",
    ],
  )
  const texts = fc.array(part, { maxLength: 40 }).map((parts) => parts.join(''))
  fc.assert(
    fc.property(texts, (text) => {
      expect(expandAliases(text, new Map([['zz', 'y']]))).toBe(text)
      expect(expandAliases(text, new Map([['k', 'k k; k']]))).toBeTypeOf('string')
    }),
  )
})

test('a text is cut at the ends of its commands only where aliases may change', () => {
  expect(commandLines('k\nk\n')).toEqual(['k\nk\n'])
  expect(commandLines('alias x=y\nif x\nthen x\nfi\nx')).toEqual(['alias x=y\n', 'if x\nthen x\nfi\n', 'x'])
})

describe('in a shell', () => {
  const START = Date.UTC(2026, 0, 5, 9)
  function replay() {
    const cluster = createCluster({ seed: 'aliases', startTime: START })
    return createSession({ cluster, time: virtualTime(cluster), machine: 'controlplane', user: 'root', cwd: '/tmp' })
  }
  const missing = (name: string): string => `bash: ${name}: command not found\n`

  test.each([
    ["alias l='l; l'\nl", '', missing('l').repeat(2)],
    ["alias a='b' b='a'\na", '', missing('a')],
    ["alias z='echo z'; z", '', missing('z')],
    ["alias z='echo z'\nz 1\nunalias z\nz 2", 'z 1\n', missing('z')],
    ['alias z=\'echo z\'\nf() { z "$1"; }\nunalias z\nf 1; eval z', 'z 1\n', missing('z')],
    ["alias z='echo z'\neval 'z 1'; bash -c 'z 2'", 'z 1\n', missing('z')],
    ['echo "alias z=\'echo z\'\nf() { z 1; }" > s; . ./s\nf; z 2', 'z 1\nz 2\n', ''],
    ['echo "shopt -s expand_aliases\nalias z=\'z 1; echo 2\'\nz" > s; bash s', '2\n', missing('z')],
    ["shopt -s expand_aliases; { shopt -s expand_aliases; alias zz='zz; zz'; zz; }", '', missing('zz')],
    ["alias e='echo ' z='y x'\ne z | tr x X", 'y X\n', ''],
  ])('%s', async (script, stdout, stderr) => {
    expect(await replay().run(script)).toMatchObject({ stdout, stderr })
  })

  test('says so when there is no end to them', async () => {
    const session = replay()
    const chain = Array.from({ length: 30 }, (_, i) => `a${i}='a${i + 1}; a${i + 1}'`).join(' ')
    expect(await session.run(`alias ${chain}\na0`)).toMatchObject({ stderr: `bash: ${TOO_MANY_ALIASES}\n` })
    expect(await session.run('eval a0')).toMatchObject({ stderr: `bash: ${TOO_MANY_ALIASES}\n` })
  })
})
