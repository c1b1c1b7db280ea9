import type { ContainerProgram } from '../node/programs/program.ts'
import { serve } from '../node/programs/program.ts'

/** A control-plane binary: it serves health checks on a local port and logs that it runs. */
export function goDaemon(name: string, port: number, line: string): ContainerProgram {
  return {
    name,
    *run(process) {
      process.listen({ port, protocol: 'TCP', address: '127.0.0.1', speaks: 'text' })
      const at = new Date(process.now()).toISOString()
      process.err(`I${at.slice(5, 7)}${at.slice(8, 10)} ${at.slice(11, 23)}000       1 ${line}\n`)
      process.onTerminate(0)
      return yield* serve()
    },
  }
}
