import type { ClientMessage, ServerMessage } from '../protocol.ts'
import type { Editors } from './editors.ts'
import type { Terminals } from './terminals.ts'

type Send = (message: ServerMessage) => boolean

/** Does what pages ask for. */
export interface Receiver {
  receive(message: ClientMessage, send: Send): void
  /** Shows a page the editors that commands wait for. */
  askAgain(send: Send): void
  /** Has anybody done anything here yet? The first prompt alone is not worth keeping. */
  readonly touched: boolean
}

export interface ReceiverOptions {
  readonly terminals: Terminals
  readonly editors: Editors
  /** To all pages. */
  readonly tell: (message: ServerMessage) => void
  readonly changed: () => void
}

/** End of line, then delete to its beginning: whatever was typed on the prompt goes. */
const CLEAR_LINE = '\x05\x15'

export function createReceiver({ terminals, editors, tell, changed }: ReceiverOptions): Receiver {
  let touched = false
  const open = (size: Extract<ClientMessage, { type: 'open' }>, send: Send) => {
    const terminal = terminals.open(size)
    if (terminal === undefined) return void send({ type: 'notice', code: 'too-many-terminals' })
    changed()
    tell({ type: 'opened', terminal })
  }
  const close = (terminal: number) => {
    editors.forget(terminal)
    if (!terminals.close(terminal)) return
    changed()
    tell({ type: 'closed', terminal })
  }
  const run = (terminal: number, line: string) => {
    const session = terminals.session(terminal)
    if (session?.busy) return tell({ type: 'notice', code: 'busy' })
    session?.input(`${CLEAR_LINE}${line.replaceAll(/\r?\n/g, '\r')}\r`)
  }
  return {
    receive(message, send) {
      touched ||= message.type !== 'resize'
      switch (message.type) {
        case 'hello':
        case 'step':
          return
        case 'input':
          return terminals.session(message.terminal)?.input(message.data)
        case 'run':
          return run(message.terminal, message.line)
        case 'resize':
          return terminals.session(message.terminal)?.resize(message.columns, message.rows)
        case 'open':
          return open(message, send)
        case 'close':
          return close(message.terminal)
        case 'editor':
          return editors.answer(message.id, { saved: message.saved, text: message.text })
      }
    },
    askAgain(send) {
      for (const message of editors.open)
        if (terminals.session(message.terminal)?.busy) send(message)
        else editors.forget(message.terminal)
    },
    get touched() {
      return touched
    },
  }
}
