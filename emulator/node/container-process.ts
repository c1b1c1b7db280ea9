import type { Network, Place } from '../network/types.ts'
import type { FileTree } from './files.ts'
import type { ContainerProcess, ContainerProgram, FrameStack, Server } from './programs/program.ts'
import type { ContainerSpec } from './runtime.ts'
import type { Usage } from './usage.ts'

/** What the processes of one container share. */
export interface ProcessHost {
  readonly spec: ContainerSpec
  readonly files: FileTree
  readonly env: ReadonlyMap<string, string>
  readonly workingDir: string
  readonly programs: ReadonlyMap<string, ContainerProgram>
  readonly network: Network
  listen(server: Server): boolean
  hangup(): boolean
  signal(pid: number, name: string): boolean
  hold(usage: Usage): () => void
  spawn(command: string): () => void
  processes(): readonly { readonly pid: number; readonly command: string }[]
  log(stream: 'stdout' | 'stderr', text: string): void
}

/** What one process has of its own. */
export interface ProcessOwn {
  readonly argv: readonly string[]
  readonly frames: FrameStack
  readonly stdin?: string
  readonly now: () => number
  readonly out: (text: string) => void
  readonly err: (text: string) => void
  readonly onTerminate: ContainerProcess['onTerminate']
  readonly onHangup: (handler: () => void) => void
  readonly retitle?: (command: string) => void
}

/** A process in a container; plain closures, so that a shell can derive children by spreading it. */
export function createContainerProcess(host: ProcessHost, own: ProcessOwn): ContainerProcess {
  const place: Place = { kind: 'pod', namespace: host.spec.namespace, name: host.spec.podName }
  return {
    argv: own.argv,
    env: host.env,
    cwd: host.workingDir,
    stdin: own.stdin ?? '',
    place,
    hostname: host.spec.hostname ?? host.spec.podName,
    network: host.network,
    terminal: undefined,
    user: host.spec.user ?? { uid: 0, gid: 0, groups: [0] },
    files: host.files,
    programs: host.programs,
    interactive: host.spec.stdin === true,
    frames: own.frames,
    now: own.now,
    out: own.out,
    err: own.err,
    listen: (server) => host.listen(server),
    hold: (usage) => host.hold(usage),
    spawn: (command) => host.spawn(command),
    processes: () => host.processes(),
    log: (stream, text) => host.log(stream, text),
    onTerminate: own.onTerminate,
    onHangup: own.onHangup,
    retitle: (command) => own.retitle?.(command),
    hangup: () => host.hangup(),
    signal: (pid, name) => host.signal(pid, name),
  }
}
