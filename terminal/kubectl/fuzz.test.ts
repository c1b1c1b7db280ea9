import fc from 'fast-check'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { type Cluster, createCluster } from '../../emulator/index.ts'
import { createSession } from '../session.ts'
import { virtualTime } from '../time.ts'
import type { TerminalSession } from '../types.ts'
import { complete } from './complete.ts'
import { subcommands } from './index.ts'

/** Words that have a meaning somewhere, so that a random line gets past the parser. */
const WORDS = [
  ...subcommands
    .filter(({ name }) => !['proxy', 'port-forward', 'attach', 'edit', 'debug'].includes(name))
    .map(({ name }) => name),
  ...['pods', 'svc', 'deploy/web', 'pod/p', 'cm', 'cfg', 'all', 'nodes', 'node01', 'p', 'web', 'default', 'a=b', 'a-'],
  ...[
    '-o',
    'yaml',
    'json',
    'wide',
    'name',
    '-ojsonpath={.items[*]}',
    '-o=go-template={{.x.y}}',
    '-ocustom-columns=A:.x',
  ],
  ...[
    '--dry-run=client',
    '--dry-run=server',
    '-n',
    'kube-system',
    '-A',
    '-l',
    'app=web',
    '--all',
    '--sort-by=.x',
    '-f',
    'f.yaml',
  ],
  ...[
    '--timeout=1s',
    '--image=nginx',
    '--port=80',
    '--replicas=2',
    '-p',
    '{"data":null}',
    '--type=json',
    '--',
    '-',
    '--=',
    '---',
  ],
  ...[
    '—all',
    '–n',
    '"',
    '{',
    '}',
    '{{',
    '$(',
    '\u0000',
    '한글',
    '💥',
    '%s',
    '../..',
    '/',
    '//',
    'a/b/c',
    ',',
    '.',
    '-1',
    '1e999',
  ],
]
const quoted = (word: string) => `'${word.replaceAll("'", "'\\''").replaceAll('\u0000', '')}'`
const word = fc.oneof(
  { weight: 8, arbitrary: fc.constantFrom(...WORDS) },
  { weight: 1, arbitrary: fc.string({ maxLength: 40, unit: 'grapheme' }) },
)
/** Waiting for what never comes is no hang: these are cut short by the line itself. */
const endless = (line: readonly string[]) =>
  line.some((w) => /^(?:-\w*[fwit]\w*|--(?:watch|follow|stdin|tty|attach).*|wait|drain|rollout)$/.test(w))

describe('whatever is typed after kubectl', () => {
  let cluster: Cluster
  let session: TerminalSession

  beforeAll(async () => {
    cluster = createCluster({ seed: 'fuzz', startTime: Date.UTC(2026, 0, 1) })
    session = createSession({ cluster, time: virtualTime(cluster), machine: 'controlplane', user: 'root' })
    await session.run(
      'kubectl create deployment web --image=nginx; kubectl run p --image=nginx; kubectl create cm cfg; echo "a: [" > f.yaml',
    )
    cluster.settle(60)
  })
  afterAll(() => session.dispose())

  it('ends with an exit code, and with no defect of ours', async () => {
    const line = fc.array(word, { minLength: 1, maxLength: 7 }).filter((words) => !endless(words))
    await fc.assert(
      fc.asyncProperty(line, async (words) => {
        const { stderr, code } = await session.run(`kubectl ${words.map(quoted).join(' ')}`)
        expect(code).toBeGreaterThanOrEqual(0)
        // The terminal prints a defect of a command as `kubectl: message`.
        expect(stderr).not.toMatch(/^kubectl: |TypeError|is not (?:a function|iterable)|undefined/m)
      }),
      { numRuns: 300 },
    )
  }, 60_000)

  it('has completions, or none', async () => {
    const files = {
      read: async () => '',
      write: async () => undefined,
      list: async () => [],
      isDirectory: async () => false,
    }
    await fc.assert(
      fc.asyncProperty(fc.array(word, { maxLength: 5 }), word, async (words, last) => {
        const offered = await complete(['kubectl', ...words], last, {
          cluster,
          place: { kind: 'machine', name: 'controlplane' },
          files,
          env: new Map(),
        })
        expect(offered.every((text) => typeof text === 'string' && text !== '')).toBe(true)
      }),
      { numRuns: 300 },
    )
  }, 60_000)
})

describe('whatever a file holds', () => {
  const cluster = createCluster({ seed: 'files', startTime: Date.UTC(2026, 0, 1) })
  const session = createSession({ cluster, time: virtualTime(cluster), machine: 'controlplane', user: 'root' })
  const files = cluster.machine('controlplane')?.files
  afterAll(() => session.dispose())

  const nested = (open: string, depth: number) => open.repeat(depth)
  const content = fc.oneof(
    fc.string({ maxLength: 300, unit: 'binary' }),
    fc.json({ maxDepth: 6 }),
    fc
      .json({ maxDepth: 3 })
      .map((text) => `{"apiVersion":"v1","kind":"ConfigMap","metadata":{"name":"x"},"data":${text}}`),
    fc.json({ maxDepth: 3 }).map((text) => `apiVersion: v1\nkind: Pod\nmetadata: {name: x}\nspec: ${text}\n`),
    fc
      .constantFrom('[', '{"a":', '- ', '? ', '&a *a ', "'", '"', '|\n', '%TAG ! x\n', '---\n')
      .chain((open) => fc.nat(5000).map((depth) => nested(open, depth))),
    fc.constant('a: &a [x]\nb: &b [*a,*a,*a,*a]\nc: &c [*b,*b,*b,*b]\nd: &d [*c,*c,*c,*c]\ne: [*d,*d,*d,*d]\n'),
  )

  it('create and apply end with an exit code, and with no defect of ours', async () => {
    await fc.assert(
      fc.asyncProperty(
        content,
        fc.constantFrom('create', 'apply', 'apply --server-side', 'replace', 'delete', 'diff'),
        async (text, verb) => {
          files?.write('/root/wild.yaml', text)
          const { stderr, code } = await session.run(`kubectl ${verb} -f /root/wild.yaml`)
          expect(code).toBeGreaterThanOrEqual(0)
          expect(stderr).not.toMatch(
            /^kubectl: |TypeError|RangeError|Maximum call stack|is not (?:a function|iterable)/m,
          )
        },
      ),
      { numRuns: 200 },
    )
  }, 60_000)
})
