/** For tests that type what texts show into an emulated terminal, and read what appears. */
import { stripVTControlCharacters } from 'node:util'
import { createSession } from '../../terminal/session.ts'
import type { SessionOptions } from '../../terminal/types.ts'

/** Do these lines match the claim, in which `…` stands for anything? */
export const matches = (claim: string, printed: string): boolean => {
  const escaped = claim
    .trim()
    .split('…')
    .map((part) => part.replace(/[.*+?^${}()|[\]\\]/g, '\\$&'))
  return new RegExp(`^${escaped.join('[\\s\\S]*')}$`).test(printed.trim())
}

/** A terminal with somebody at it: types a line and gives what appears between it and the next prompt. */
export function sitDown(options: Omit<SessionOptions, 'output'>) {
  let shown = ''
  const session = createSession({ ...options, columns: 200, rows: 50, output: (data) => (shown += data) })
  const idle = async () => {
    do await new Promise((resolve) => setImmediate(resolve))
    while (session.busy)
  }
  return {
    dispose: () => session.dispose(),
    async type(line: string): Promise<string> {
      await idle()
      shown = ''
      session.input(`${line}\r`)
      await idle()
      const lines = stripVTControlCharacters(shown).replaceAll('\r', '').split('\n')
      return lines.slice(1, -1).join('\n')
    },
  }
}
