/** What a request that asks for an upgrade becomes (exec, attach, portforward): plain data and, for ports, a way to dial. */
export type Connection = ProcessConnection | ForwardConnection

/** What the API server meets at the kubelet: nobody answers, or there is no such container. */
export interface BackendFailure {
  readonly code: number
  readonly message: string
}

/** `exec`: a command beside PID 1. `attach`: PID 1's own streams; see `Container.attach`. */
export interface ProcessConnection {
  readonly kind: 'exec' | 'attach'
  readonly namespace: string
  readonly pod: string
  readonly container: string
  /** Empty for `attach`. */
  readonly command: readonly string[]
  readonly stdin: boolean
  readonly stdout: boolean
  readonly stderr: boolean
  readonly tty: boolean
  readonly failure: BackendFailure | undefined
}

export interface ForwardConnection {
  readonly kind: 'portforward'
  readonly namespace: string
  readonly pod: string
  /** Those that the request names; a client may also name them later. */
  readonly ports: readonly number[]
  readonly failure: BackendFailure | undefined
  /** A TCP connection to a port, from within the Pod's own network. */
  dial(port: number): PodSocket
}

/** One TCP connection to what listens in a Pod. Answers come at once; each request leaves a trace. */
export interface PodSocket {
  /** Why there is no connection, in the words of kubelet and containerd. */
  readonly refusal: string | undefined
  /** Passes bytes on; gives what comes back, and whether the other side leaves the connection open. */
  send(bytes: Uint8Array): { readonly bytes: Uint8Array; readonly open: boolean }
}
