import { byteLength } from '../api/byte-length.ts'
import type { HttpRequest, HttpResponse } from '../network/types.ts'
import { httpDate, respond } from '../node/programs/http-response.ts'
import { type ContainerProcess, type ContainerProgram, type Run, serve } from '../node/programs/program.ts'

export interface HttpServerOptions {
  /** Argv[0] of the main process. */
  readonly name: string
  readonly port: number | ((process: ContainerProcess) => number)
  readonly startLog?: (process: ContainerProcess) => readonly string[]
  readonly logStream?: 'stdout' | 'stderr'
  /** Status after TERM; without it PID 1 is killed after the grace. */
  readonly terminates?: number
  readonly tls?: boolean
  answer(
    process: ContainerProcess,
    request: HttpRequest,
    client: { readonly address: string; readonly port: number },
  ): HttpResponse
}

/** What a Go program without a handler ends with after TERM, also as PID 1, whose default action the kernel leaves out (go: runtime, dieFromSignal). */
export const GO_TERMINATED = 2

/** A main process that answers HTTP on one port and does nothing else. */
export function httpServer(options: HttpServerOptions): ContainerProgram {
  return {
    name: options.name,
    *run(process): Run {
      const port = typeof options.port === 'number' ? options.port : options.port(process)
      const opened = process.listen({
        port,
        protocol: 'TCP',
        address: '0.0.0.0',
        speaks: 'http',
        ...(options.tls === true ? { tls: true } : {}),
        answer: (request, client) => options.answer(process, request, client),
      })
      if (!opened) {
        process.err(`listen tcp :${port}: bind: address already in use\n`)
        return 1
      }
      for (const line of options.startLog?.(process) ?? []) {
        if (options.logStream === 'stderr') process.err(`${line}\n`)
        else process.out(`${line}\n`)
      }
      if (options.terminates !== undefined) process.onTerminate(options.terminates)
      return yield* serve()
    },
  }
}

/** An image's entrypoint script that runs its arguments. */
export function entrypointScript(name: string): ContainerProgram {
  return {
    name,
    *run(process): Run {
      const argv = process.argv.slice(1)
      const program = process.programs.get(argv[0] ?? '')
      if (program !== undefined) {
        process.retitle(argv.join(' '))
        return yield* program.run({ ...process, argv })
      }
      process.err(`${name}: exec: ${argv[0]}: not found\n`)
      return 127
    },
  }
}

/** A port from a variable or an argument; what is no port is the usual one. */
export function numberOf(text: string | undefined, otherwise: number): number {
  const port = Number(text)
  return text !== undefined && Number.isInteger(port) && port > 0 && port < 65_536 ? port : otherwise
}

/** The value of `-name value`, `--name=value` and their like. */
export function argument(argv: readonly string[], name: string): string | undefined {
  const words = argv.flatMap((word) => {
    const match = /^--?([\w.-]+)(?:=([\s\S]*))?$/.exec(word)
    return match?.[1] === name ? [match[2] ?? true] : [false]
  })
  const index = words.findIndex((word) => word !== false)
  const found = words[index]
  return found === true ? argv[index + 1] : found === false ? undefined : found
}

/** What small Node.js servers answer: chunked, without a type of their own. */
export function nodeText(request: HttpRequest, now: number, body: string, type?: string): HttpResponse {
  const headers: [string, string][] = [
    ...(type === undefined ? [] : [['Content-Type', type] as [string, string]]),
    ['Date', httpDate(now)],
    ['Connection', 'keep-alive'],
    ['Keep-Alive', 'timeout=5'],
    ['Content-Length', String(byteLength(body))],
  ]
  return respond(request, 200, headers, body)
}

/** The time of an access line in the common log format: `21/Nov/2026:00:30:00 +0000`. */
export function logTime(now: number): string {
  return httpDate(now).replace(/^\w+, (\d+) (\w+) (\d+) ([\d:]+) GMT$/, '$1/$2/$3:$4 +0000')
}
