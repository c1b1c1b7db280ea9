/** The author's own terminal as a keyboard: keys go to the emulated shell as they are pressed. */
import { spawnSync } from 'node:child_process'
import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { basename, join } from 'node:path'
import type { EditorRequest, EditorResult } from '../../terminal/types.ts'
import type { Keyboard } from './try.ts'

/** Standard input and output; a pipe is typed line by line. Call `release` before the process goes on to anything else. */
export function openKeyboard(): Keyboard & { release(): void } {
  const { stdin, stdout } = process
  const raw = (on: boolean) => stdin.isTTY && stdin.setRawMode(on)
  stdin.setEncoding('utf8')
  raw(true)
  return {
    typed: typedOn(stdin),
    show: (text) => void stdout.write(text),
    // A terminal without a size says 0.
    columns: stdout.columns || 120,
    rows: stdout.rows || 40,
    onResize: (resized) => void stdout.on('resize', () => resized(stdout.columns || 120, stdout.rows || 40)),
    ...(stdin.isTTY && {
      editor: async (request) => {
        raw(false)
        try {
          return editLocally(request)
        } finally {
          raw(true)
        }
      },
    }),
    release() {
      raw(false)
      stdin.pause()
    },
  }
}

async function* typedOn(stdin: NodeJS.ReadStream): AsyncGenerator<string> {
  for await (const data of stdin) yield stdin.isTTY ? String(data) : String(data).replaceAll('\n', '\r')
}

/** `vi` and `kubectl edit` in the author's own editor. */
function editLocally({ path, text, tool }: EditorRequest): EditorResult {
  const folder = mkdtempSync(join(tmpdir(), 'slipway-edit-'))
  const file = join(folder, basename(path))
  try {
    writeFileSync(file, text)
    const [editor = tool, ...args] = (process.env.EDITOR ?? tool).split(' ')
    const { status } = spawnSync(editor, [...args, file], { stdio: 'inherit' })
    const edited = readFileSync(file, 'utf8')
    return { saved: status === 0 && edited !== text, text: edited }
  } finally {
    rmSync(folder, { recursive: true, force: true })
  }
}
