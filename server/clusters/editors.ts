import type { EditorRequest, EditorResult } from '../../terminal/types.ts'
import type { ServerMessage } from '../protocol.ts'

type EditorMessage = Extract<ServerMessage, { type: 'editor' }>

/** Files that commands wait for the page to edit. A page that comes back is asked again. */
export interface Editors {
  ask(terminal: number, request: EditorRequest): Promise<EditorResult>
  answer(id: number, result: EditorResult): void
  /** The command in this terminal ended (Ctrl-C): nobody waits any more. */
  forget(terminal: number): void
  /** What is still asked. */
  readonly open: Iterable<EditorMessage>
}

/** `tell` sends a message to every page. */
export function createEditors(tell: (message: EditorMessage) => void): Editors {
  const asked = new Map<number, { message: EditorMessage; resolve: (result: EditorResult) => void }>()
  let lastId = 0
  return {
    ask(terminal, { path, text, tool, readOnly = false }) {
      const message: EditorMessage = { type: 'editor', id: ++lastId, terminal, path, text, tool, readOnly }
      return new Promise((resolve) => {
        asked.set(message.id, { message, resolve })
        tell(message)
      })
    },
    answer(id, result) {
      asked.get(id)?.resolve(result)
      asked.delete(id)
    },
    forget(terminal) {
      for (const [id, { message }] of asked) if (message.terminal === terminal) asked.delete(id)
    },
    get open() {
      return [...asked.values()].map(({ message }) => message)
    },
  }
}
