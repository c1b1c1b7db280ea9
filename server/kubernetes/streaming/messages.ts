import type { ApiRequest } from '../../../emulator/index.ts'

/** Exec, attach and portforward across the seam: plain data both ways, whatever protocol the client speaks. */

/** What a client sends. */
export type ToConnection =
  | { readonly type: 'stdin'; readonly data: Uint8Array }
  | { readonly type: 'stdin-end' }
  | { readonly type: 'resize'; readonly columns: number; readonly rows: number }
  /** A TCP connection to a port, under a number that the client chose. */
  | { readonly type: 'dial'; readonly id: number; readonly port: number }
  | { readonly type: 'data'; readonly id: number; readonly data: Uint8Array }
  | { readonly type: 'hang-up'; readonly id: number }

/** What a cluster sends. */
export type FromConnection =
  | { readonly type: 'output'; readonly stream: 'stdout' | 'stderr'; readonly data: Uint8Array }
  /** The process is over. */
  | { readonly type: 'exit'; readonly code: number; readonly command: readonly string[] }
  /** The process never began, in the container runtime's words. */
  | { readonly type: 'failed'; readonly message: string }
  | { readonly type: 'data'; readonly id: number; readonly data: Uint8Array }
  | { readonly type: 'refused'; readonly id: number; readonly message: string }
  | { readonly type: 'closed'; readonly id: number }
  /** The cluster is put away or built anew: nothing more comes. */
  | { readonly type: 'gone' }

/** What the API server says to a request that asks for an upgrade. */
export type ConnectionAnswer =
  | { readonly type: 'refused'; readonly status: number; readonly body: string }
  | { readonly type: 'open'; readonly offer: ConnectionOffer; readonly handle: ConnectionHandle }

export type ConnectionOffer =
  | {
      readonly kind: 'process'
      readonly stdin: boolean
      readonly stdout: boolean
      readonly stderr: boolean
      readonly tty: boolean
      readonly failure: BackendFailure | undefined
    }
  | { readonly kind: 'ports'; readonly ports: readonly number[]; readonly failure: BackendFailure | undefined }

/** The kubelet cannot be had, or has no such container. */
export interface BackendFailure {
  readonly code: number
  readonly message: string
}

export interface ConnectionHandle {
  /** From here on the other side takes messages; `send` is false when it is behind, until `drained`. */
  begin(send: (message: FromConnection) => boolean): void
  message(message: ToConnection): void
  drained(): void
  /** The client is gone: whatever runs for it ends. */
  end(): void
}

/** Asks a cluster for a connection. */
export type Connect = (request: ApiRequest) => Promise<ConnectionAnswer>
