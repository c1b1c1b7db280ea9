/** What runs: containers, their files, listeners and logs (a node's containerd). Kubelet starts and stops; the network asks who listens. */
import type { HttpRequest, HttpResponse, Protocol } from '../network/types.ts'
import type { FileVolume } from './file-volume.ts'
import type { FileTree } from './files.ts'
import type { NetworkProgram } from './programs/program.ts'
import type { ContainerUser } from './security.ts'
import type { Usage, UsageLimits } from './usage.ts'

/** A volume in a container: the Pod's own directory (emptyDir), or one of the node's. */
export interface VolumeDirectory {
  readonly path: string
  readonly name: string
  readonly readOnly?: boolean
  /** The node's directory or file, instead of one of the Pod's own. */
  readonly directory?: string
  /** Only this part of it. */
  readonly subPath?: string
}

export interface ContainerSpec {
  readonly podUid: string
  readonly namespace: string
  readonly podName: string
  /** What `hostname` prints; the Pod's name if absent. */
  readonly hostname?: string
  readonly podIP: string
  readonly nodeName: string
  readonly containerName: string
  readonly image: string
  readonly command?: readonly string[]
  readonly args?: readonly string[]
  readonly env: readonly (readonly [name: string, value: string])[]
  readonly workingDir?: string
  /** Who its processes run as; root if absent. */
  readonly user?: ContainerUser
  readonly readOnlyRoot?: boolean
  /** What it may use, from its limits. */
  readonly limits?: UsageLimits
  /** Standard input stays open: a shell without commands waits instead of ending. */
  readonly stdin?: boolean
  /** Volumes of files that the kubelet writes, and writes anew when what they show has changed. */
  readonly fileVolumes?: readonly FileVolume[]
  /** Files the kubelet brings in once: /etc/hosts, /etc/resolv.conf, single files of volumes (subPath). */
  readonly mounts: readonly { readonly path: string; readonly content: string; readonly readOnly?: boolean }[]
  /** Directories that a Pod's containers share and that outlive a restart, by volume name. */
  readonly volumes?: readonly VolumeDirectory[]
}

export interface Listener {
  readonly port: number
  readonly protocol: Protocol
  /** `127.0.0.1` answers only the Pod itself. */
  readonly address: '0.0.0.0' | '127.0.0.1'
  /** What is understood there; `text` for anything else. Over TLS if `tls`. */
  readonly speaks: 'http' | 'dns' | 'text'
  readonly tls?: boolean
}

export interface Container {
  readonly id: string
  readonly spec: ContainerSpec
  readonly startedAt: number
  readonly state:
    | { readonly kind: 'running' }
    | {
        readonly kind: 'exited'
        readonly exitCode: number
        readonly at: number
        readonly reason: 'Completed' | 'Error' | 'OOMKilled'
      }
  readonly files: FileTree
  readonly env: ReadonlyMap<string, string>
  readonly listeners: readonly Listener[]
  /** Names of the programs the image has (`sh`, `wget`, `nslookup`); exec of others fails as runc does. */
  readonly programs: ReadonlySet<string>
  /** PID 1's command line and what it started. */
  readonly processes: readonly { readonly pid: number; readonly command: string }[]
  readonly logs: readonly LogLine[]
  /** Answer of what listens on `port`; undefined if the listener does not speak HTTP. */
  answer(
    port: number,
    request: HttpRequest,
    client: { readonly address: string; readonly port: number },
  ): HttpResponse | undefined
  /** What a listener that does not speak HTTP sends back to a text, if anything. */
  reply(port: number, text: string, protocol?: Protocol): string | undefined
  /** What the TLS listener on `port` presents to a client that asks for this name. */
  certificate(port: number, serverName: string | undefined): string | undefined
  /** Sends a signal (`TERM`) to one of its processes from inside; false if there is none of that number. */
  signal(pid: number, name: string): boolean
  /** Sends HUP to PID 1; false if it does not handle it. */
  hangup(): boolean
  /** A network tool as this image has it (busybox's or Debian's), for a terminal to drive; see programs/program.ts. */
  networkProgram(name: string): NetworkProgram | undefined
  /** Runs a program beside PID 1 to its end, synchronously: what an exec probe or a hook needs. */
  run(argv: readonly string[]): {
    readonly exitCode: number
    /** Standard output and error as they came; apart in `stdout` and `stderr`. */
    readonly output: string
    readonly stdout: string
    readonly stderr: string
    readonly elapsedMs: number
  }
  /** What its processes use just now; nothing once it has ended. */
  readonly usage: Usage
  /** Its volumes of files from now on. */
  rewrite(volumes: readonly FileVolume[]): void
  /** Other limits from now on. */
  resize(limits: UsageLimits): void
  /** Appends to the container's log (PID 1's stdout or stderr). */
  log(stream: 'stdout' | 'stderr', text: string): void
  /** Joins PID 1's streams until it ends or the returned function is called. */
  attach(listener: AttachListener): () => void
  /** PID 1 is a shell that waits on an open standard input: a terminal that attaches plays it, and ends it by `exit`. */
  readonly awaitsInput: boolean
  /** PID 1 reads its standard input itself, line by line: `type` is how it gets them. */
  readonly takesInput: boolean
  /** Sends text to PID 1's standard input; undefined ends it. */
  type(text: string | undefined): void
  /** Ends PID 1 with a code. */
  exit(exitCode: number): void
}

export interface AttachListener {
  printed(stream: 'stdout' | 'stderr', text: string): void
  ended(exitCode: number): void
}

export interface LogLine {
  readonly at: number
  readonly stream: 'stdout' | 'stderr'
  readonly text: string
}

export interface ContainerRuntime {
  /** What there is under a reference: its size, or the error text that a pull gives. */
  find(
    image: string,
  ): { readonly ok: true; readonly sizeBytes: number } | { readonly ok: false; readonly message: string }
  /** What a pull of this reference gives: the image's size, or the error text that the kubelet reports. */
  pull(
    image: string,
  ):
    | { readonly ok: true; readonly sizeBytes: number; readonly durationMs: number }
    | { readonly ok: false; readonly message: string }
  /** Throws a RunError with the runtime's text (exec of a missing binary, …), which the kubelet reports as StartError. */
  start(spec: ContainerSpec): Container
  /** TERM, then KILL after the grace; the exit is reported through onExit in virtual time. */
  stop(id: string, graceMs: number): void
  remove(id: string): void
  get(podUid: string, containerName: string): Container | undefined
  /** Also finds exited containers that were not removed: `logs --previous`. */
  byId(id: string): Container | undefined
  byPodIP(address: string): readonly Container[]
  byPod(podUid: string): readonly Container[]
  /** All containers of a node. */
  onNode(node: string): readonly Container[]
  /** Ends a container at once, as a power cut does. */
  kill(id: string): void
  onExit(listener: (container: Container) => void): () => void
  /** Files or listeners of a container changed: the kubelet's resting probes wake up. */
  onChange(listener: (container: Container) => void): () => void
  onLog(listener: (container: Container, line: LogLine) => void): () => void
}

/** Thrown by `start`; `message` is the runtime's own text. */
export class RunError extends Error {
  readonly exitCode: number
  constructor(message: string, exitCode: number) {
    super(message)
    this.exitCode = exitCode
  }
}
