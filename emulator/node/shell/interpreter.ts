import { findProgram } from '../find-program.ts'
import { JsonFrames } from '../programs/frames.ts'
import { type ContainerProcess, type Run, sleep, type Wait } from '../programs/program.ts'
import type { Node, SimpleCommand } from './ast.ts'
import { findBuiltin } from './builtins.ts'
import { ExpansionError, FunctionReturn, LoopControl, ShellExit } from './control.ts'
import { type Expander, expandPattern, expandText, expandWords } from './expand.ts'
import { parseShell } from './parser.ts'
import { matchesPattern } from './patterns.ts'
import { applyRedirects } from './redirect.ts'
import type { ShellState } from './state.ts'

/** A loop that never waits runs so many commands, then time passes: it must not hold up the world. */
const STEPS_BETWEEN_PAUSES = 400
const PAUSE_MS = 400
const MAX_CAPTURE = 256 * 1024
const MAX_FUNCTION_DEPTH = 60

/** Runs a parsed program as a process. Each construct keeps a frame, so that a snapshot can take it up again. */
export class Interpreter {
  readonly #state: ShellState
  #depth = 0
  /** Status of the last command substitution: what a command of assignments alone returns. */
  #substituted = 0

  constructor(state: ShellState) {
    this.#state = state
  }

  *run(node: Node, process: ContainerProcess): Run {
    switch (node.kind) {
      case 'list':
        return yield* this.#list(node, process)
      case 'and-or':
        return yield* this.#andOr(node, process)
      case 'pipeline':
        return yield* this.#pipeline(node, process)
      case 'simple':
        return yield* this.#simple(node, process)
      case 'function':
        this.#state.functions.set(node.name, node.body)
        return 0
      default:
        return yield* this.#compound(node, process)
    }
  }

  *#list(node: Extract<Node, { kind: 'list' }>, process: ContainerProcess): Run {
    const { frame } = process.frames.enter({ index: 0 })
    let status = this.#state.status
    for (; frame.index < node.items.length; frame.index += 1) {
      const item = node.items[frame.index]
      if (item === undefined) break
      if (item.background) {
        yield* this.#background(item.node, process)
        status = 0
      } else status = yield* this.run(item.node, process)
      this.#state.status = status
      if (status !== 0 && this.#state.exitOnError && item.node.kind === 'simple') throw new ShellExit(status)
    }
    process.frames.leave()
    return status
  }

  /** A background job runs until it first waits: enough for servers, which listen on. */
  *#background(node: Node, process: ContainerProcess): Generator<Wait, void, string | undefined> {
    const job = new Interpreter(this.#state.fork()).run(node, { ...process, frames: new JsonFrames(), stdin: '' })
    let input: string | undefined
    for (;;) {
      const next = job.next(input)
      if (next.done === true || next.value.kind === 'forever' || next.value.kind === 'sleep') return
      input = yield next.value
    }
  }

  *#andOr(node: Extract<Node, { kind: 'and-or' }>, process: ContainerProcess): Run {
    const { frame } = process.frames.enter({ index: -1, status: 0 })
    if (frame.index < 0) {
      frame.status = yield* this.run(node.first, process)
      frame.index = 0
    }
    for (; frame.index < node.rest.length; frame.index += 1) {
      const next = node.rest[frame.index]
      if (next === undefined || (next.operator === '&&') !== (frame.status === 0)) continue
      this.#state.status = frame.status
      frame.status = yield* this.run(next.node, process)
    }
    process.frames.leave()
    return frame.status
  }

  /** Stages run one after the other, each with the output of the one before as its input. */
  *#pipeline(node: Extract<Node, { kind: 'pipeline' }>, process: ContainerProcess): Run {
    const { frame } = process.frames.enter({ index: 0, input: process.stdin, output: '' })
    let status = 0
    for (; frame.index < node.stages.length; frame.index += 1) {
      const stage = node.stages[frame.index]
      if (stage === undefined) break
      const last = frame.index === node.stages.length - 1
      const collect = (text: string): void => {
        if (frame.output.length < MAX_CAPTURE) frame.output += text
      }
      const interactive = process.interactive && frame.index === 0
      const child = {
        ...process,
        interactive,
        stdin: frame.input,
        ...(last ? {} : { out: collect, terminal: undefined }),
      }
      const shell = last && node.stages.length === 1 ? this : new Interpreter(this.#state.fork())
      status = yield* shell.#guarded(stage, child)
      if (last) break
      frame.input = frame.output
      frame.output = ''
    }
    process.frames.leave()
    return node.negated ? (status === 0 ? 1 : 0) : status
  }

  /** A subshell's `exit` ends only itself. */
  *#guarded(node: Node, process: ContainerProcess): Run {
    try {
      return yield* this.run(node, process)
    } catch (error) {
      if (error instanceof ShellExit || error instanceof FunctionReturn) return error.status
      if (error instanceof LoopControl) return 0
      throw error
    }
  }

  *#compound(
    node: Exclude<Node, { kind: 'list' | 'and-or' | 'pipeline' | 'simple' | 'function' }>,
    process: ContainerProcess,
  ): Run {
    const redirected = yield* applyRedirects(process, node.redirects, this.#expander(process), process.frames.resuming)
    if ('error' in redirected) {
      process.err(redirected.error)
      return 1
    }
    const inner = redirected.process
    switch (node.kind) {
      case 'if':
        return yield* this.#if(node, inner)
      case 'while':
        return yield* this.#while(node, inner)
      case 'for':
        return yield* this.#for(node, inner)
      case 'case':
        return yield* this.#case(node, inner)
      case 'group':
        if (!node.subshell) return yield* this.run(node.body, inner)
        return yield* new Interpreter(this.#state.fork()).#guarded(node.body, inner)
    }
  }

  *#if(node: Extract<Node, { kind: 'if' }>, process: ContainerProcess): Run {
    const { frame } = process.frames.enter({ index: 0, inBody: false })
    let status = 0
    for (; frame.index < node.clauses.length; frame.index += 1) {
      const clause = node.clauses[frame.index]
      if (clause === undefined) break
      if (!frame.inBody && (yield* this.#condition(clause.condition, process)) !== 0) continue
      frame.inBody = true
      status = yield* this.run(clause.body, process)
      process.frames.leave()
      return status
    }
    if (node.otherwise !== undefined) status = yield* this.run(node.otherwise, process)
    process.frames.leave()
    return status
  }

  /** `set -e` does not concern conditions. */
  *#condition(node: Node, process: ContainerProcess): Run {
    const exitOnError = this.#state.exitOnError
    this.#state.exitOnError = false
    const status = yield* this.run(node, process)
    this.#state.exitOnError = exitOnError
    return status
  }

  *#while(node: Extract<Node, { kind: 'while' }>, process: ContainerProcess): Run {
    const { frame, resumed } = process.frames.enter({ inBody: false, status: 0 })
    for (let again = resumed; ; again = false) {
      yield* this.#pause(process, again)
      if (!frame.inBody) {
        const holds = (yield* this.#condition(node.condition, process)) === 0
        if (holds === node.until) break
        frame.inBody = true
      }
      const ended = yield* this.#loopBody(node.body, process, frame)
      frame.inBody = false
      if (ended) break
    }
    process.frames.leave()
    return frame.status
  }

  *#for(node: Extract<Node, { kind: 'for' }>, process: ContainerProcess): Run {
    const { frame, resumed } = process.frames.enter({ index: 0, values: [] as string[], status: 0 })
    if (!resumed) {
      const words = node.words
      frame.values =
        words === undefined ? this.#state.parameters.slice(1) : yield* expandWords(words, this.#expander(process))
    }
    for (let again = resumed; frame.index < frame.values.length; frame.index += 1, again = false) {
      yield* this.#pause(process, again)
      this.#state.variables.set(node.name, frame.values[frame.index] ?? '')
      if (yield* this.#loopBody(node.body, process, frame)) break
    }
    process.frames.leave()
    return frame.status
  }

  /** One turn of a loop; true if `break` ends it. */
  *#loopBody(
    body: Node,
    process: ContainerProcess,
    frame: { status: number },
  ): Generator<Wait, boolean, string | undefined> {
    const depth = process.frames.depth
    try {
      frame.status = yield* this.run(body, process)
      return false
    } catch (error) {
      if (!(error instanceof LoopControl)) throw error
      process.frames.unwind(depth)
      if (error.levels > 1) {
        process.frames.leave()
        throw new LoopControl(error.action, error.levels - 1)
      }
      return error.action === 'break'
    }
  }

  *#case(node: Extract<Node, { kind: 'case' }>, process: ContainerProcess): Run {
    const { frame, resumed } = process.frames.enter({ clause: -1 })
    if (!resumed) {
      const text = yield* expandText(node.word, this.#expander(process))
      for (const [index, clause] of node.clauses.entries()) {
        for (const pattern of clause.patterns) {
          const matches = matchesPattern(yield* expandPattern(pattern, this.#expander(process)), text)
          if (matches && frame.clause === -1) frame.clause = index
        }
      }
    }
    const chosen = node.clauses[frame.clause]
    const status = chosen === undefined ? 0 : yield* this.run(chosen.body, process)
    process.frames.leave()
    return status
  }

  *#simple(node: SimpleCommand, process: ContainerProcess): Run {
    const { frame, resumed } = process.frames.enter({ argv: [] as string[], running: false })
    const resuming = resumed && frame.running
    if (resumed && !frame.running) process.frames.restart()
    yield* this.#pause(process, resumed, resuming)
    const expander = this.#expander(process)
    try {
      if (!resuming) frame.argv = yield* expandWords(node.words, expander)
      const environment = yield* this.#assign(node, frame.argv.length > 0, expander)
      const redirected = yield* applyRedirects(process, node.redirects, expander, resuming)
      if ('error' in redirected) {
        process.err(redirected.error)
        process.frames.leave()
        return 1
      }
      if (this.#state.trace && !resuming && frame.argv.length > 0) process.err(`+ ${frame.argv.join(' ')}\n`)
      frame.running = true
      const child = { ...redirected.process, argv: frame.argv, cwd: this.#state.cwd, env: environment }
      const status =
        frame.argv.length === 0 ? (node.words.length > 0 ? 0 : this.#substituted) : yield* this.#execute(child)
      process.frames.leave()
      return status
    } catch (error) {
      if (!(error instanceof ExpansionError)) throw error
      process.err(`sh: ${error.message}\n`)
      throw new ShellExit(2)
    }
  }

  *#assign(
    node: SimpleCommand,
    forCommand: boolean,
    expander: Expander,
  ): Generator<Wait, Map<string, string>, string | undefined> {
    this.#substituted = 0
    const own = new Map<string, string>()
    for (const assignment of node.assignments) {
      const value = yield* expandText(assignment.value, expander)
      if (forCommand) own.set(assignment.name, value)
      else this.#state.variables.set(assignment.name, value)
    }
    return new Map([...this.#state.environment(), ...own])
  }

  *#execute(process: ContainerProcess): Run {
    const [name = ''] = process.argv
    const shellFunction = this.#state.functions.get(name)
    if (shellFunction !== undefined) return yield* this.#call(shellFunction, process)
    if (name === 'exec') return yield* this.#exec(process)
    if (name === 'eval' || name === '.' || name === 'source') return yield* this.#source(name, process)
    const builtin = findBuiltin(name)
    if (builtin !== undefined) return builtin(process, this.#state)
    return yield* this.#program(process)
  }

  *#program(process: ContainerProcess): Run {
    const [name = ''] = process.argv
    const found = findProgram(name, process, this.#state.cwd)
    if ('missing' in found) {
      const text = found.missing === 'permission-denied' ? 'Permission denied' : 'not found'
      process.err(`sh: ${name}: ${text}\n`)
      return found.missing === 'permission-denied' ? 126 : 127
    }
    const ended = process.spawn(process.argv.join(' '))
    const status = yield* found.program.run(process)
    ended()
    return status
  }

  /** The program takes the shell's place: nothing after it runs. */
  *#exec(process: ContainerProcess): Run {
    if (process.argv.length === 1) return 0
    throw new ShellExit(yield* this.#program({ ...process, argv: process.argv.slice(1) }))
  }

  *#call(body: Node, process: ContainerProcess): Run {
    if (this.#depth >= MAX_FUNCTION_DEPTH) {
      process.err('sh: maximum function nesting level exceeded\n')
      return 2
    }
    const saved = this.#state.parameters
    const depth = process.frames.depth
    this.#state.parameters = [saved[0] ?? 'sh', ...process.argv.slice(1)]
    this.#depth += 1
    try {
      return yield* this.run(body, process)
    } catch (error) {
      if (!(error instanceof FunctionReturn)) throw error
      process.frames.unwind(depth)
      return error.status
    } finally {
      this.#depth -= 1
      this.#state.parameters = saved
    }
  }

  *#source(name: string, process: ContainerProcess): Run {
    const path = process.argv[1] ?? ''
    const text = name === 'eval' ? process.argv.slice(1).join(' ') : process.files.read(path)
    if (text === undefined) {
      process.err(`sh: .: can't open '${path}': No such file or directory\n`)
      return 2
    }
    return yield* this.run(parseShell(text), process)
  }

  #expander(process: ContainerProcess): Expander {
    return { state: this.#state, files: process.files, capture: (body) => this.#capture(body, process) }
  }

  *#capture(body: Node, process: ContainerProcess): Generator<Wait, string, string | undefined> {
    let output = ''
    const out = (text: string): void => {
      if (output.length < MAX_CAPTURE) output += text
    }
    const child = { ...process, out, terminal: undefined, frames: new JsonFrames() }
    this.#substituted = yield* new Interpreter(this.#state.fork()).#guarded(body, child)
    this.#state.status = this.#substituted
    return output
  }

  /** Counts a step and now and then lets time pass. A step taken up again (`resumed`) has been counted before. */
  *#pause(process: ContainerProcess, resumed: boolean, past = false): Generator<Wait, void, string | undefined> {
    if (resumed && (past || process.frames.resuming)) return
    if (!resumed) this.#state.steps += 1
    if (this.#state.steps % STEPS_BETWEEN_PAUSES === 0) yield* sleep(PAUSE_MS)
  }
}
