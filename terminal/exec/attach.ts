import type { Cluster, Container, Kube } from '../../emulator/index.ts'
import { mainProgram } from '../main-program.ts'
import { startExec, untilEnd } from './exec.ts'
import type { ProcessOptions, RemoteProcess } from './process.ts'

/**
 * Joins PID 1's streams, as `kubectl attach` does. A shell that waits on its standard input is played by a terminal's
 * shell: what it prints is in the container's log, and when it is left the container ends with its code.
 */
export function startAttach(options: ProcessOptions): RemoteProcess {
  const { container, stdin, tty } = options
  return stdin && (container.awaitsInput || (tty && container.takesInput)) ? playShell(options) : listen(options)
}

function playShell(options: ProcessOptions): RemoteProcess {
  const { container, cluster } = options
  const log = screenLog((line) => container.log('stdout', line))
  const print: ProcessOptions['print'] = (stream, bytes) => {
    log(bytes)
    options.print(stream, bytes)
  }
  const shell = startExec({ ...options, print }, mainProgram(container))
  let left = false
  const done = shell.done.then((code) => {
    // The kubelet closes the standard input of such a container when the first one who attached is gone.
    if (!left || takesInputOnce(cluster, container)) container.exit(left ? 0 : code)
    return code
  })
  return {
    ...shell,
    done,
    dispose() {
      left = true
      shell.dispose()
    },
  }
}

const CONTROL_SEQUENCE = new RegExp(`${String.fromCharCode(27)}\\[[0-9;?]*[a-zA-Z]`, 'g')

/** Lines as they stood on the screen when they were left: without what was typed over and without control sequences. */
export function screenLog(log: (line: string) => void): (bytes: Uint8Array) => void {
  const decoder = new TextDecoder()
  let row = ''
  return (bytes) => {
    const lines = (row + decoder.decode(bytes, { stream: true })).split('\n')
    row = lines.pop() ?? ''
    for (const line of lines) {
      const left = line.replace(/\r$/, '').split('\r').pop() ?? ''
      log(`${left.replaceAll(CONTROL_SEQUENCE, '')}\n`)
    }
  }
}

/** Whether the first one who attaches ends standard input by going (`stdinOnce`). */
export function takesInputOnce(cluster: Cluster, { spec }: Container): boolean {
  const path = `/api/v1/namespaces/${spec.namespace}/pods/${spec.podName}`
  const pod = cluster.request({ method: 'GET', path }).body as Kube.Pod
  const all = [...(pod.spec?.containers ?? []), ...(pod.spec?.ephemeralContainers ?? [])]
  return all.find(({ name }) => name === spec.containerName)?.stdinOnce === true
}

/** Whatever else PID 1 is: it prints, and reads what it is sent if it reads at all. */
function listen(options: ProcessOptions): RemoteProcess {
  const { cluster, container, stdin, tty } = options
  const decoder = new TextDecoder()
  const endInput = () => {
    if (stdin && takesInputOnce(cluster, container)) container.type(undefined)
  }
  const encoder = new TextEncoder()
  const printed = (stream: 'stdout' | 'stderr', text: string) =>
    options.print(tty ? 'stdout' : stream, encoder.encode(tty ? text.replaceAll('\n', '\r\n') : text))
  // Before anything is typed: what PID 1 answers at once is heard as well.
  let stop = () => {}
  const over = new Promise<number>((resolve) => {
    stop = container.attach({ printed, ended: resolve })
  })
  const { done, end } = untilEnd(options, () => over)
  return {
    input: (bytes) => stdin && container.type(decoder.decode(bytes, { stream: true })),
    endInput,
    resize: () => undefined,
    done,
    dispose() {
      stop()
      endInput()
      end(0)
    },
  }
}
