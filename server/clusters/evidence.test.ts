import { expect, test } from 'vitest'
import { terminalEvidence } from './evidence.ts'

const terminal = (history: readonly string[], scrollback: string) => ({
  id: 1,
  session: { history, cwd: '/', env: {}, functions: [], aliases: {} },
  scrollback,
  seq: 0,
  busy: false,
})

test('a terminal is kept as text: its lines, and what it showed without colours', () => {
  const [kept] = terminalEvidence([terminal(['kubectl get svc'], '\u001b[32m$\u001b[0m kubectl get svc\r\nNAME\r\n')])
  expect(kept).toEqual({ terminal: 1, commands: ['kubectl get svc'], screen: '$ kubectl get svc\nNAME\n' })
})

test('of much, the end is kept', () => {
  const many = Array.from({ length: 2_000 }, (_, i) => `${i} ${'x'.repeat(5_000)}`)
  const [kept] = terminalEvidence([terminal(many, many.join('\n'))])
  expect(kept?.commands).toHaveLength(300)
  expect(kept?.commands.at(-1)).toMatch(/^1999 x+$/)
  expect(Math.max(...(kept?.commands.map((line) => line.length) ?? []))).toBe(1_000)
  expect(kept?.screen).toHaveLength(20_000)
})
