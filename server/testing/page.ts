import type { ClusterRef, ClusterService } from '../clusters/seam.ts'
import { type ClientMessage, type ServerMessage, serverMessage } from '../protocol.ts'

type Hello = Extract<ClientMessage, { type: 'hello' }>

/** A page as far as the cluster service can tell: what it was sent, and how to answer. */
export interface TestPage {
  readonly got: readonly ServerMessage[]
  /** All that a terminal was sent. */
  output(terminal?: number): string
  send(message: ClientMessage): void
  /** Resolves when a message satisfies `wanted`; also one that came already. */
  until(wanted: (page: TestPage) => boolean): Promise<void>
  /** Runs a line and resolves with the output once the prompt is back. */
  run(line: string): Promise<string>
  readonly seen: Record<string, number>
  leave(): void
}

const PROMPT = /[$#] $/
/** Escape sequences of colour, modes and titles. */
// biome-ignore lint/suspicious/noControlCharactersInRegex: terminals speak in control characters
const ESCAPES = /\x1b(?:\[[0-9;?]*[A-Za-z]|\][^\x07]*\x07|[()][A-Z0-9]|[=>c])/g

export async function joinPage(
  clusters: ClusterService,
  ref: ClusterRef,
  hello: Partial<Hello> = {},
): Promise<TestPage> {
  const got: ServerMessage[] = []
  const waiting = new Set<() => void>()
  const member = await clusters.join(
    ref,
    { type: 'hello', workspace: ref.workspace, locale: 'en', columns: 120, rows: 30, ...hello } as Hello,
    (message) => {
      got.push(serverMessage.parse(JSON.parse(JSON.stringify(message))))
      for (const check of waiting) check()
      return true
    },
  )
  const page: TestPage = {
    got,
    output: (terminal = 1) =>
      got
        .flatMap((message) => (message.type === 'output' && message.terminal === terminal ? message.data : []))
        .join('')
        .replaceAll(ESCAPES, ''),
    send: (message) => member.message(message),
    until: (wanted) =>
      new Promise((resolve) => {
        const check = () => {
          if (!wanted(page)) return
          waiting.delete(check)
          resolve()
        }
        waiting.add(check)
        check()
      }),
    async run(line) {
      await page.until(() => PROMPT.test(page.output()))
      const before = page.output().length
      page.send({ type: 'run', terminal: 1, line })
      await page.until(() => page.output().length > before + line.length && PROMPT.test(page.output()))
      return page.output().slice(before)
    },
    get seen() {
      const entries = got.flatMap((message) => (message.type === 'output' ? [[message.terminal, message.seq]] : []))
      return Object.fromEntries(entries)
    },
    leave: () => member.leave(),
  }
  return page
}
