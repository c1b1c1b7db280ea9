import { completeLine } from './completer.ts'
import { rememberLine } from './editor/history.ts'
import { type Key, KeyDecoder } from './editor/keys.ts'
import { graphemes } from './editor/width.ts'
import { expandHistory } from './history-expansion.ts'
import { LineEditor } from './line-editor.ts'
import { primaryPrompt, secondaryPrompt } from './prompt.ts'
import type { Screen } from './screen.ts'
import { isComplete, type Shell } from './shell.ts'
import type { TerminalSession } from './types.ts'

const HISTORY_LENGTH = 1_000
/** Keys typed ahead while a command runs. */
const MAX_TYPED_AHEAD = 10_000
const PASTE_ON = '\u001b[?2004h'
const PASTE_OFF = '\u001b[?2004l'

/** Who gets the next key. */
type Mode =
  | { readonly kind: 'starting' }
  | { readonly kind: 'prompt'; readonly shell: Shell; done(outcome: PromptOutcome): void }
  /** Tab waits for what the cluster or the files say. */
  | { readonly kind: 'completing' }
  | { readonly kind: 'running'; readonly controller: AbortController }
  /** A command reads what is typed, line by line. */
  | {
      readonly kind: 'reading'
      readonly controller: AbortController
      text: string
      done(line: string | undefined): void
    }

type PromptOutcome =
  | { readonly kind: 'line'; readonly line: string }
  | { readonly kind: 'interrupt' }
  | { readonly kind: 'end' }

type LineResult = Awaited<ReturnType<TerminalSession['run']>>

/** The keyboard side of a terminal: prompts, typed-ahead keys, Ctrl-C, lines that commands read. */
export class Front {
  readonly output: Screen
  readonly #editor: LineEditor
  readonly #decoder = new KeyDecoder()
  #mode: Mode = { kind: 'starting' }
  #queue: Key[] = []
  readonly #waiting: { readonly line: string; resolve(result: LineResult): void }[] = []
  readonly #entered: (line: string) => void
  #disposed = false

  /** `entered` hears of every line that is about to run. */
  constructor(screen: Screen, entered: (line: string) => void = () => undefined) {
    this.output = screen
    this.#entered = entered
    this.#editor = new LineEditor({ write: (data) => screen.raw(data), size: screen.size })
    screen.beforePrint = () => {
      if (this.#showsPrompt) this.#editor.hide()
    }
    screen.afterPrint = () => {
      if (this.#showsPrompt) this.#editor.show(screen.column)
    }
  }

  get disposed(): boolean {
    return this.#disposed
  }

  get busy(): boolean {
    return this.#mode.kind !== 'prompt' && this.#mode.kind !== 'completing'
  }

  get typed(): string {
    return this.#showsPrompt ? this.#editor.text : ''
  }

  input(data: string): void {
    if (this.#disposed) return
    for (const key of this.#decoder.decode(data)) this.#enqueue(key)
    this.#drain()
  }

  /** Types a line in place of what stands at the prompt; resolves at the next prompt with what it printed. */
  runLine(line: string): Promise<LineResult> {
    return new Promise((resolve) => {
      this.#waiting.push({ line, resolve })
      this.#startWaiting()
    })
  }

  resize(columns: number, rows: number): void {
    this.output.resize(columns, rows)
    if (this.#showsPrompt) this.#editor.resized()
  }

  dispose(): void {
    if (this.#showsPrompt && !this.#disposed) this.#takePromptAway()
    this.#disposed = true
    const mode = this.#mode
    if (mode.kind === 'running' || mode.kind === 'reading') mode.controller.abort()
    if (mode.kind === 'prompt') mode.done({ kind: 'end' })
  }

  #takePromptAway(): void {
    this.#editor.hide()
    if (this.#editor.cursor.column > 0) this.output.raw('\r\n')
  }

  /** Prompts and runs lines until the shell is left. */
  async interact(shell: Shell, history: string[]): Promise<number> {
    const outer = this.#mode
    while (!this.#disposed) {
      const line = await this.#readCommand(shell, history)
      if (line === undefined) break
      const lost = shell.surroundings.lost?.()
      if (lost !== undefined && outer.kind === 'running') {
        this.#mode = outer
        return lost
      }
      if (line.trim() === '') continue
      await this.#run(shell, line)
      if (shell.exited === undefined) continue
      const word = farewell(shell)
      if (word !== '') this.output.raw(`${word}\r\n`)
      break
    }
    this.#mode = outer
    return shell.exited ?? shell.state.code
  }

  /** A program that no prompt started has the keyboard: Ctrl-C ends it. */
  async hold<T>(run: (signal: AbortSignal) => Promise<T>): Promise<T> {
    const controller = new AbortController()
    this.#mode = { kind: 'running', controller }
    this.output.beginLine(() => controller.abort())
    try {
      return await run(controller.signal)
    } finally {
      this.#mode = { kind: 'starting' }
    }
  }

  get #showsPrompt(): boolean {
    return this.#mode.kind === 'prompt' || this.#mode.kind === 'completing'
  }

  /** For `read` and `cat`: a line as the terminal itself edits it. */
  readonly readLine = (prompt: string, signal: AbortSignal): Promise<string | undefined> => {
    const running = this.#mode
    if (running.kind !== 'running' || signal.aborted) return Promise.resolve(undefined)
    this.output.write('stdout', prompt)
    return new Promise((resolve) => {
      const done = (line: string | undefined): void => {
        signal.removeEventListener('abort', stop)
        if (this.#mode.kind === 'reading') this.#mode = running
        resolve(line)
      }
      const stop = (): void => done(undefined)
      signal.addEventListener('abort', stop, { once: true })
      this.#mode = { kind: 'reading', controller: running.controller, text: '', done }
      this.#drain()
    })
  }

  /** One command, over several lines where it wants them; undefined when the shell is to end. */
  async #readCommand(shell: Shell, history: string[]): Promise<string | undefined> {
    let text = ''
    this.output.write('stderr', shell.jobs.news())
    let prompt = primaryPrompt(shell, shell.services.time.now())
    for (;;) {
      const outcome = await this.#prompt(shell, prompt, history)
      if (outcome.kind === 'interrupt') {
        shell.state.code = 130
        return ''
      }
      if (outcome.kind === 'end') {
        if (text === '' && !this.#disposed) this.output.raw(`${farewell(shell)}\r\n`)
        return text === '' ? undefined : text
      }
      const expanded = text === '' ? expandHistory(outcome.line, history) : { kind: 'same' as const }
      if (expanded.kind === 'missing') {
        this.output.write('stderr', `bash: ${expanded.event}: event not found\n`)
        return ''
      }
      if (expanded.kind === 'expanded') this.output.write('stdout', `${expanded.line}\n`)
      text += `${text === '' ? '' : '\n'}${expanded.kind === 'expanded' ? expanded.line : outcome.line}`
      if (isComplete(text)) break
      prompt = secondaryPrompt(shell)
    }
    rememberLine(history, text, HISTORY_LENGTH)
    return text
  }

  #startWaiting(): void {
    const next = this.#waiting[0]
    if (this.#mode.kind !== 'prompt' || this.#queue.length > 0 || this.output.isCapturing || next === undefined) return
    this.output.startCapture()
    this.#push({ kind: 'key', name: 'ctrl-e' })
    this.#push({ kind: 'key', name: 'ctrl-u' })
    this.#enqueue({ kind: 'paste', text: `${next.line}\n` })
    this.#drain()
  }

  /** Everything that `runLine` typed has run. */
  #finishWaiting(shell: Shell): void {
    if (!this.output.isCapturing || this.#queue.length > 0) return
    const printed = this.output.endCapture()
    this.#waiting.shift()?.resolve({ ...printed, code: shell.state.code })
  }

  #prompt(shell: Shell, prompt: string, history: readonly string[]): Promise<PromptOutcome> {
    if (this.#disposed) return Promise.resolve({ kind: 'end' })
    return new Promise((resolve) => {
      const column = this.output.column
      this.output.raw(PASTE_ON)
      this.#editor.begin(prompt, history, column)
      this.#mode = {
        kind: 'prompt',
        shell,
        done: (outcome) => {
          this.output.raw(PASTE_OFF)
          this.#mode = { kind: 'starting' }
          resolve(outcome)
        },
      }
      this.#finishWaiting(shell)
      this.#drain()
      this.#startWaiting()
    })
  }

  async #run(shell: Shell, line: string): Promise<void> {
    const controller = new AbortController()
    this.#mode = { kind: 'running', controller }
    this.output.beginLine(() => controller.abort())
    this.#entered(line)
    try {
      await shell.run(line, controller.signal)
    } catch (error) {
      // Ours, not the learner's: the tab goes on, and the server's log tells us.
      console.error('terminal: a line failed:', error)
      this.output.write('stderr', 'This line met a fault of the terminal itself; nothing you typed caused it.\n')
    }
    this.#mode = { kind: 'starting' }
  }

  #enqueue(key: Key): void {
    // A paste is typed text whose line ends press Enter: every line runs in turn.
    if (key.kind === 'paste') {
      for (const part of key.text.split(/(\r\n|\r|\n)/)) {
        if (/^[\r\n]/.test(part)) this.#push({ kind: 'key', name: 'enter' })
        else if (part !== '') this.#push({ kind: 'text', text: part })
      }
      return
    }
    this.#push(key)
  }

  #push(key: Key): void {
    if (this.#queue.length >= MAX_TYPED_AHEAD) return
    this.#queue.push(key)
  }

  #drain(): void {
    for (let key = this.#next(); key !== undefined; key = this.#next()) this.#press(key)
  }

  /** The next key that somebody wants now. Ctrl-C does not wait behind what was typed ahead. */
  #next(): Key | undefined {
    const { kind } = this.#mode
    if (kind === 'running' || kind === 'reading') {
      const interrupt = this.#queue.findIndex(
        (key) => key.kind === 'key' && (key.name === 'ctrl-c' || key.name === 'ctrl-\\'),
      )
      if (interrupt >= 0) {
        this.#queue.splice(0, interrupt)
        return this.#queue.shift()
      }
      return kind === 'reading' ? this.#queue.shift() : undefined
    }
    return kind === 'prompt' ? this.#queue.shift() : undefined
  }

  #press(key: Key): void {
    const mode = this.#mode
    if (mode.kind === 'prompt') this.#edit(mode, key)
    else if (mode.kind === 'running') this.#interrupt(mode.controller)
    else if (mode.kind === 'reading') this.#cooked(mode, key)
  }

  #interrupt(controller: AbortController): void {
    if (controller.signal.aborted) return
    this.output.raw('^C\r\n')
    controller.abort()
  }

  #edit(mode: Extract<Mode, { kind: 'prompt' }>, key: Key): void {
    const outcome = this.#editor.press(key)
    if (outcome.kind === 'submit') mode.done({ kind: 'line', line: outcome.line })
    else if (outcome.kind === 'interrupt') mode.done({ kind: 'interrupt' })
    else if (outcome.kind === 'end') mode.done({ kind: 'end' })
    else if (outcome.kind === 'complete') void this.#complete(mode, outcome.text.slice(0, outcome.cursor))
  }

  async #complete(mode: Extract<Mode, { kind: 'prompt' }>, text: string): Promise<void> {
    this.#mode = { kind: 'completing' }
    const completions = await completeLine(mode.shell, mode.shell.services.commands, text).catch((error: unknown) => {
      console.error('terminal: a completion failed:', error)
      return { start: text.length, candidates: [] }
    })
    if (this.#disposed) return
    this.#mode = mode
    this.#editor.apply(completions)
    this.#drain()
  }

  /** The terminal driver's own editing: echo, Backspace, Ctrl-U, Enter, Ctrl-D. */
  #cooked(mode: Extract<Mode, { kind: 'reading' }>, key: Key): void {
    if (key.kind !== 'key') {
      mode.text += key.text
      this.output.raw(key.text)
    } else if (key.name === 'enter') {
      this.output.raw('\r\n')
      mode.done(mode.text)
    } else if (key.name === 'ctrl-c' || key.name === 'ctrl-\\') {
      this.#interrupt(mode.controller)
      mode.done(undefined)
    } else if (key.name === 'ctrl-d') {
      if (mode.text === '') mode.done(undefined)
    } else if (key.name === 'backspace') {
      const parts = graphemes(mode.text)
      parts.pop()
      this.#retype(mode, parts.join(''))
    } else if (key.name === 'ctrl-u') this.#retype(mode, '')
  }

  #retype(mode: Extract<Mode, { kind: 'reading' }>, text: string): void {
    mode.text = text
    this.output.raw(`\r\u001b[K${text}`)
  }
}

/** What a shell says when it is left. */
function farewell(shell: Shell): string {
  if (shell.surroundings.dialect !== 'bash') return ''
  return shell.isLogin ? 'logout' : 'exit'
}
