import type { ProcessConnection } from '../../../emulator/index.ts'
import { startAttach } from '../../../terminal/exec/attach.ts'
import { startExec } from '../../../terminal/exec/exec.ts'
import type { RemoteProcess } from '../../../terminal/exec/process.ts'
import { ExecError } from '../../../terminal/types.ts'
import type { ConnectionAnswer, ConnectionHandle, FromConnection } from './messages.ts'
import type { ConnectionHost } from './open-connection.ts'

/** A process of a container, started when the client is ready for its output. */
export function openProcess(host: ConnectionHost, connection: ProcessConnection): ConnectionAnswer {
  const { stdin, stdout, stderr, tty, failure } = connection
  return {
    type: 'open',
    offer: { kind: 'process', stdin, stdout, stderr, tty, failure },
    handle: processHandle(host, connection),
  }
}

function processHandle(host: ConnectionHost, connection: ProcessConnection): ConnectionHandle {
  let process: RemoteProcess | undefined
  let caughtUp: Promise<void> = Promise.resolve()
  let drained = () => {}
  let ended = false
  return {
    begin(send) {
      const offer = (message: FromConnection) => {
        if (ended || send(message)) return
        caughtUp = new Promise((resolve) => {
          drained = resolve
        })
      }
      const wanted = { stdout: connection.stdout, stderr: connection.stderr || connection.tty }
      process = startProcess(host, connection, {
        print: (stream, data) => void (wanted[stream] && offer({ type: 'output', stream, data })),
        ready: () => caughtUp,
      })
      const over = process?.done ?? Promise.reject(new ExecError('container not found'))
      over.then(
        (code) =>
          finish(host, () => offer({ type: 'exit', code: exitCode(connection, code), command: connection.command })),
        (error: unknown) => {
          if (!(error instanceof ExecError)) console.error('A process in a container met a fault of ours:', error)
          const message = error instanceof ExecError ? error.message : 'the emulator met a fault of its own'
          offer({ type: 'failed', message })
        },
      )
    },
    message(message) {
      host.touched()
      if (message.type === 'stdin') process?.input(message.data)
      else if (message.type === 'stdin-end') process?.endInput()
      else if (message.type === 'resize') process?.resize(message.columns, message.rows)
      host.touched()
    },
    drained: () => drained(),
    end() {
      ended = true
      drained()
      process?.dispose()
    },
  }
}

/** Who attaches learns that PID 1 is over, not how. */
const exitCode = ({ kind }: ProcessConnection, code: number) => (kind === 'attach' ? 0 : code)

function startProcess(
  { cluster, time }: ConnectionHost,
  { kind, namespace, pod, container: name, command, stdin, tty }: ProcessConnection,
  io: Pick<Parameters<typeof startAttach>[0], 'print' | 'ready'>,
): RemoteProcess | undefined {
  const container = cluster.container(namespace, pod, name)
  if (!container) return undefined
  const options = { cluster, time, container, stdin, tty, ...io }
  return kind === 'attach' ? startAttach(options) : startExec(options, command)
}

/** Nobody is told of an end before what the process wrote is durable. */
function finish(host: ConnectionHost, tell: () => void): void {
  host.touched()
  host.kept().then(tell, tell)
}
