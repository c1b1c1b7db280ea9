import { deepFreeze } from '../api/json.ts'
import type { HttpRequest, HttpResponse, Network } from '../network/types.ts'
import type { Clock, EventQueue } from '../sim/types.ts'
import { createContainerProcess, type ProcessHost } from './container-process.ts'
import { execFailure } from './exec-failure.ts'
import { type FileChange, OverlayFileTree, type TreeMount } from './file-tree.ts'
import { type FileVolume, volumeEntries } from './file-volume.ts'
import { answerFileWait } from './file-wait.ts'
import { findProgram } from './find-program.ts'
import type { Image } from './image.ts'
import { LogBuffer, type PartialLines } from './log-buffer.ts'
import { ProcTree } from './proc-tree.ts'
import { JsonFrames } from './programs/frames.ts'
import { isNetworkProgram, type NetworkProgram, type Run, type Server } from './programs/program.ts'
import {
  type AttachListener,
  type Container,
  type ContainerSpec,
  type Listener,
  type LogLine,
  RunError,
} from './runtime.ts'
import { TypedInput } from './typed-input.ts'
import { type RecentWork, type Usage, type UsageLimits, UsageMeter } from './usage.ts'

/** What survives a snapshot of one container: plain JSON. */
export interface ContainerSnapshot {
  readonly id: string
  readonly spec: ContainerSpec
  readonly startedAt: number
  readonly state: Container['state']
  readonly logs: readonly LogLine[]
  readonly partialLogs?: PartialLines
  readonly files: readonly FileChange[]
  readonly frames: readonly object[]
  readonly wakeAt?: number
  /** How often PID 1 has waited, as far as it matters. */
  readonly waits: number
  readonly work?: RecentWork
  /** PID 1 has ended, or is to be killed, at this time. */
  readonly ending?: Ending
}

interface Ending {
  readonly at: number
  readonly exitCode: number
  readonly reason?: 'OOMKilled'
}

export interface ContainerServices {
  readonly clock: Clock
  readonly queue: EventQueue
  readonly network: () => Network
  readonly exited: (container: RuntimeContainer) => void
  readonly changed: (container: RuntimeContainer) => void
  readonly logged: (container: RuntimeContainer, line: LogLine) => void
}

/** A wait longer than this, or a process that has waited this often, is a loop nobody waits for. */
const RESTING_WAIT_MS = 10_000
const RESTING_WAITS = 30
const EXIT_DELAY_MS = 20
const TERMINATION_MS = 100
/** Filling memory up takes a moment. */
const OOM_MS = 600
const KILLED = 137
const RUN_BUDGET_MS = 3_600_000
const ENDING_SIGNALS: ReadonlySet<string> = new Set(['TERM', 'INT', 'QUIT'])
const MAX_RUN_OUTPUT = 64 * 1024

/** One container: its files, its listeners and PID 1 as a generator driven by virtual time. */
export class RuntimeContainer implements Container {
  readonly id: string
  spec: ContainerSpec
  readonly startedAt: number
  readonly files: OverlayFileTree
  readonly env: ReadonlyMap<string, string>
  readonly programs: ReadonlySet<string>
  readonly #services: ContainerServices
  readonly #image: Image
  readonly #argv: readonly string[]
  readonly #servers = new Map<string, Server>()
  readonly #children = new Map<number, string>()
  readonly #logs: LogBuffer
  #frames: JsonFrames
  #state: Container['state'] = { kind: 'running' }
  #main: Run | undefined
  #wakeAt: number | undefined
  #waits = 0
  #nextPid = 7
  #muted = false
  /** PID 1 waits for nothing but signals. */
  #idles = false
  /** PID 1 waits for a line on its standard input, at a prompt or without one. */
  #reads: 'prompt' | 'plain' | undefined
  readonly #input = new TypedInput()
  #ending: Ending | undefined
  #onTerminate: { readonly exitCode: number; readonly before: (() => void) | undefined } | undefined
  /** What PID 1 calls itself. */
  #title: string | undefined
  #hangup: (() => void) | undefined
  readonly #meter: UsageMeter
  /** Made when somebody attaches. */
  #attached: Set<AttachListener> | undefined

  constructor(
    identity: { readonly id: string; readonly spec: ContainerSpec; readonly startedAt: number },
    image: Image,
    volumes: readonly TreeMount[],
    services: ContainerServices,
    saved?: ContainerSnapshot,
  ) {
    this.id = identity.id
    this.spec = deepFreeze(identity.spec)
    this.startedAt = identity.startedAt
    this.#services = services
    this.#image = image
    this.#argv = commandLine(identity.spec, image)
    this.env = new Map([
      ['PATH', '/usr/local/sbin:/usr/local/bin:/usr/sbin:/usr/bin:/sbin:/bin'],
      ['HOSTNAME', identity.spec.hostname ?? identity.spec.podName],
      ...image.env,
      ...identity.spec.env,
    ])
    this.programs = image.programNames
    this.#logs = new LogBuffer(saved?.logs, saved?.partialLogs)
    this.#frames = new JsonFrames(saved?.frames)
    this.#meter = new UsageMeter(image.usage, identity.spec.limits ?? {}, saved?.work)
    this.#state = saved?.state ?? this.#state
    this.files = new OverlayFileTree({
      base: image.base,
      now: () => services.clock.now(),
      mounted: [...identity.spec.mounts, ...(identity.spec.fileVolumes ?? []).flatMap(volumeEntries)],
      volumes: [...volumes, { path: '/proc', tree: this.#proc(), readOnly: true }],
      changes: saved?.files ?? [],
      readOnly: identity.spec.readOnlyRoot === true,
      onChange: () => services.changed(this),
    })
  }

  get state(): Container['state'] {
    return this.#state
  }

  get listeners(): readonly Listener[] {
    return [...this.#servers.values()]
  }

  get usage(): Usage {
    if (this.#state.kind !== 'running') return { cpuMilli: 0, memoryBytes: 0 }
    return this.#meter.at(this.#services.clock.now(), this.id)
  }

  get logs(): readonly LogLine[] {
    return this.#logs.lines
  }

  get processes(): readonly { readonly pid: number; readonly command: string }[] {
    if (this.#state.kind !== 'running') return []
    const children = [...this.#children].map(([pid, command]) => ({ pid, command }))
    return [{ pid: 1, command: this.#title ?? this.#argv.join(' ') }, ...children]
  }

  /** Starts PID 1; throws RunError with runc's text if it cannot be executed. */
  start(): void {
    this.#begin()
    this.#advance()
  }

  /** Takes PID 1 up again where the snapshot left it. What it printed before its first wait is in the log already. */
  resume(saved: ContainerSnapshot): void {
    if (this.#state.kind !== 'running') return
    const ended = saved.ending !== undefined && saved.frames.length === 0
    if (!ended) {
      this.#muted = true
      this.#begin()
      // The wait that is taken up again has been counted.
      this.#waits = Math.max(0, saved.waits - 1)
      this.#advance(saved.wakeAt)
      this.#muted = false
    }
    if (saved.ending !== undefined) this.#endAt(saved.ending.at, saved.ending.exitCode, saved.ending.reason)
  }

  #begin(): void {
    const name = this.#argv[0] ?? ''
    const cwd = this.#workingDir()
    const found = findProgram(name, { files: this.files, programs: this.#image.programs }, cwd)
    if ('missing' in found) throw new RunError(execFailure(name, found.missing), 128)
    const process = createContainerProcess(this.#host(), {
      argv: this.#argv,
      frames: this.#frames,
      now: () => this.#services.clock.now(),
      out: (text) => this.log('stdout', text),
      err: (text) => this.log('stderr', text),
      onTerminate: (exitCode, before) => {
        this.#onTerminate = { exitCode, before }
      },
      onHangup: (handler) => {
        this.#hangup = handler
      },
      retitle: (command) => {
        this.#title = command
      },
    })
    this.#main = found.program.run(process)
  }

  /** Runs PID 1 until it waits or ends. `firstWake` replaces the first wait's end: a resumed sleep. */
  #advance(firstWake?: number, typed?: string): void {
    let input = typed
    while (this.#main !== undefined && this.#state.kind === 'running') {
      const next = this.#main.next(input)
      if (next.done === true) {
        this.#main = undefined
        this.#endAt(this.#services.clock.now() + EXIT_DELAY_MS, next.value)
        return
      }
      if (next.value.kind === 'line' && this.spec.stdin === true) {
        this.#reads = next.value.prompt === '' ? 'plain' : 'prompt'
        if (!this.takesInput || !this.#input.ready) {
          this.#idles = true
          return
        }
        this.#reads = undefined
        input = this.#input.take()
        continue
      }
      if (next.value.kind === 'forever') {
        this.#idles = true
        return
      }
      if (next.value.kind === 'sleep') {
        this.#sleepUntil(firstWake ?? this.#services.clock.now() + next.value.ms)
        return
      }
      input = answerFileWait(this.files, this.#workingDir(), next.value)
    }
  }

  #sleepUntil(at: number): void {
    this.#waits += 1
    this.#wakeAt = at
    const background = at - this.#services.clock.now() > RESTING_WAIT_MS || this.#waits > RESTING_WAITS
    const wake = (): void => {
      this.#wakeAt = undefined
      this.#advance()
    }
    this.#services.queue.schedule(at, `container/${this.id}`, wake, { background })
  }

  /** The exit is reported in virtual time: the earlier of PID 1's own end and the kill. */
  #endAt(at: number, exitCode: number, reason?: 'OOMKilled'): void {
    if (this.#ending !== undefined && this.#ending.at <= at) return
    this.#ending = { at, exitCode, ...(reason && { reason }) }
    this.#services.queue.cancel(`container-end/${this.id}`)
    this.#services.queue.schedule(at, `container-end/${this.id}`, () => this.exit(exitCode, reason))
  }

  /** Sends TERM: PID 1 ends if it handles the signal, else KILL follows after the grace. */
  terminate(graceMs: number): void {
    if (this.#state.kind !== 'running') return
    const now = this.#services.clock.now()
    if (this.#onTerminate === undefined || graceMs <= 0) {
      this.#endAt(now + Math.max(0, graceMs), KILLED)
      return
    }
    if (this.#ending === undefined) this.#onTerminate.before?.()
    this.#endAt(now + TERMINATION_MS, this.#onTerminate.exitCode)
  }

  /** Its sleep was put off: time passed in which nothing was done. */
  sleepLonger(ms: number): void {
    if (this.#wakeAt !== undefined) this.#wakeAt += ms
  }

  /** Ends the container now. */
  exit(exitCode: number, reason?: 'OOMKilled'): void {
    if (this.#state.kind !== 'running') return
    const at = this.#services.clock.now()
    for (const line of this.#logs.flush(at)) this.#services.logged(this, line)
    this.#main = undefined
    this.#hangup = undefined
    this.#onTerminate = undefined
    this.#wakeAt = undefined
    this.#servers.clear()
    this.#children.clear()
    this.#state = { kind: 'exited', exitCode, at, reason: reason ?? (exitCode === 0 ? 'Completed' : 'Error') }
    this.#services.queue.cancel(`container/${this.id}`)
    this.#services.queue.cancel(`container-end/${this.id}`)
    this.#services.exited(this)
    for (const listener of [...(this.#attached ?? [])]) listener.ended(exitCode)
    this.#attached = undefined
  }

  answer(
    port: number,
    request: HttpRequest,
    client: { readonly address: string; readonly port: number },
  ): HttpResponse | undefined {
    this.#meter.served(this.#services.clock.now())
    return this.#servers.get(`TCP/${port}`)?.answer?.(request, client)
  }

  reply(port: number, text: string, protocol: Listener['protocol'] = 'TCP'): string | undefined {
    return this.#servers.get(`${protocol}/${port}`)?.reply?.(text)
  }

  certificate(port: number, serverName: string | undefined): string | undefined {
    return this.#servers.get(`TCP/${port}`)?.certificate?.(serverName)
  }

  signal(pid: number, name: string): boolean {
    if (this.#state.kind !== 'running') return false
    if (pid !== 1) return this.#children.has(pid)
    // From inside, the kernel lets PID 1 feel only what it has a handler for: never KILL.
    if (name === 'HUP') this.hangup()
    else if (ENDING_SIGNALS.has(name) && this.#onTerminate !== undefined) this.terminate(TERMINATION_MS)
    return true
  }

  hangup(): boolean {
    this.#hangup?.()
    return this.#hangup !== undefined
  }

  run(argv: readonly string[]): ReturnType<Container['run']> {
    const found = findProgram(argv[0] ?? '', { files: this.files, programs: this.#image.programs }, this.#workingDir())
    if ('missing' in found) {
      const text = execFailure(argv[0] ?? '', found.missing, 'exec')
      return { exitCode: 126, output: text, stdout: '', stderr: text, elapsedMs: 0 }
    }
    const printed = { output: '', stdout: '', stderr: '' }
    let elapsed = 0
    const collect = (stream: 'stdout' | 'stderr', text: string): void => {
      if (printed.output.length >= MAX_RUN_OUTPUT) return
      printed.output += text
      printed[stream] += text
    }
    const process = createContainerProcess(this.#host(), {
      argv,
      frames: new JsonFrames(),
      now: () => this.#services.clock.now() + elapsed,
      out: (text) => collect('stdout', text),
      err: (text) => collect('stderr', text),
      onTerminate: () => undefined,
      onHangup: () => undefined,
    })
    const main = found.program.run(process)
    let input: string | undefined
    for (;;) {
      const next = main.next(input)
      input = undefined
      if (next.done === true) return { exitCode: next.value, ...printed, elapsedMs: elapsed }
      if (next.value.kind === 'forever') return { exitCode: KILLED, ...printed, elapsedMs: RUN_BUDGET_MS }
      if (next.value.kind === 'sleep') elapsed += next.value.ms
      else input = answerFileWait(this.files, this.#workingDir(), next.value)
      if (elapsed > RUN_BUDGET_MS) return { exitCode: KILLED, ...printed, elapsedMs: elapsed }
    }
  }

  networkProgram(name: string): NetworkProgram | undefined {
    const program = this.#image.programs.get(name)
    return program !== undefined && isNetworkProgram(program) ? program : undefined
  }

  rewrite(volumes: readonly FileVolume[]): void {
    for (const { path } of this.spec.fileVolumes ?? []) this.files.unmount(path)
    this.spec = { ...this.spec, fileVolumes: volumes }
    // Single files of volumes (subPath) may lie below: they are what they were.
    for (const file of [...volumes.flatMap(volumeEntries), ...this.spec.mounts]) this.files.mount(file)
    this.#services.changed(this)
  }

  resize(limits: UsageLimits): void {
    this.spec = { ...this.spec, limits }
    this.#meter.limits = limits
    if (this.#meter.exceedsMemory) this.#endAt(this.#services.clock.now() + OOM_MS, KILLED, 'OOMKilled')
  }

  log(stream: 'stdout' | 'stderr', text: string): void {
    if (this.#muted) return
    for (const line of this.#logs.append(this.#services.clock.now(), stream, text)) this.#services.logged(this, line)
    for (const listener of this.#attached ?? []) listener.printed(stream, text)
  }

  attach(listener: AttachListener): () => void {
    this.#attached ??= new Set()
    this.#attached.add(listener)
    return () => this.#attached?.delete(listener)
  }

  get awaitsInput(): boolean {
    const reads = this.#reads === 'prompt' || (this.#reads === undefined && isShell(this.#argv[0] ?? ''))
    return this.spec.stdin === true && this.#state.kind === 'running' && reads && this.#idles
  }

  get takesInput(): boolean {
    return this.#reads === 'plain' && this.#state.kind === 'running'
  }

  type(text: string | undefined): void {
    this.#input.push(text)
    if (!this.takesInput || !this.#input.ready) return
    this.#reads = undefined
    this.#idles = false
    this.#advance(undefined, this.#input.take())
  }

  save(): ContainerSnapshot {
    return {
      id: this.id,
      spec: this.spec,
      startedAt: this.startedAt,
      state: this.#state,
      logs: this.#logs.lines,
      ...(this.#logs.partial && { partialLogs: this.#logs.partial }),
      files: this.files.changes(),
      frames: this.#state.kind === 'exited' ? [] : this.#frames.save(),
      waits: Math.min(this.#waits, RESTING_WAITS + 1),
      ...(this.#meter.recent && { work: this.#meter.recent }),
      ...(this.#wakeAt === undefined ? {} : { wakeAt: this.#wakeAt }),
      ...(this.#ending === undefined || this.#state.kind === 'exited' ? {} : { ending: this.#ending }),
    }
  }

  #proc(): ProcTree {
    return new ProcTree({
      spec: () => this.spec,
      env: this.env,
      startedAt: this.startedAt,
      workingDir: this.#workingDir(),
      now: () => this.#services.clock.now(),
      processes: () =>
        this.processes.map(({ pid, command }) => {
          // A title is one text, with blanks in it.
          if (command.includes(': ')) return { pid, argv: [command] }
          return { pid, argv: pid === 1 && this.#title === undefined ? this.#argv : command.split(' ') }
        }),
    })
  }

  #workingDir(): string {
    return this.spec.workingDir ?? this.#image.workingDir
  }

  #host(): ProcessHost {
    return {
      spec: this.spec,
      files: this.files,
      env: this.env,
      workingDir: this.#workingDir(),
      programs: this.#image.programs,
      network: this.#services.network(),
      listen: (server) => this.#listen(server),
      hangup: () => this.hangup(),
      signal: (pid, name) => this.signal(pid, name),
      hold: (usage) => this.#hold(usage),
      spawn: (command) => this.#spawn(command),
      processes: () => this.processes,
      log: (stream, text) => this.log(stream, text),
    }
  }

  #listen(server: Server): boolean {
    const key = `${server.protocol}/${server.port}`
    if (this.#servers.has(key)) return false
    this.#servers.set(key, server)
    this.#services.changed(this)
    return true
  }

  /** The kernel kills the whole container when its processes hold more memory than it may. */
  #hold(usage: Usage): () => void {
    const release = this.#meter.hold(usage)
    if (this.#meter.exceedsMemory) this.#endAt(this.#services.clock.now() + OOM_MS, KILLED, 'OOMKilled')
    return release
  }

  #spawn(command: string): () => void {
    const pid = this.#nextPid
    this.#nextPid += 1
    this.#children.set(pid, command)
    return () => this.#children.delete(pid)
  }
}

/** Whether a program of that name or path is a shell. */
const isShell = (program: string): boolean => /^(?:.*\/)?(?:ba|a|da)?sh$/.test(program)

/** The kubelet's rule: `command` replaces ENTRYPOINT and drops CMD, `args` replaces CMD. */
function commandLine(spec: ContainerSpec, image: Image): readonly string[] {
  if (spec.command !== undefined && spec.command.length > 0) return [...spec.command, ...(spec.args ?? [])]
  if (spec.args !== undefined && spec.args.length > 0) return [...image.entrypoint, ...spec.args]
  return [...image.entrypoint, ...image.command]
}
