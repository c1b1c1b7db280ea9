import type { Cluster, Container, Kube } from '../../emulator/index.ts'
import { startExec, untilEnd } from './exec.ts'
import type { ProcessOptions, RemoteProcess } from './process.ts'

/** What bash tells a terminal about pasting; nothing for a log. */
const PASTE_MODE = new RegExp(`${String.fromCharCode(27)}\\[\\?2004[hl]`, 'g')

/**
 * Joins PID 1's streams, as `kubectl attach` does. A shell that waits on its standard input is played by a terminal's
 * shell: what it prints is in the container's log, and when it is left the container ends with its code.
 */
export function startAttach(options: ProcessOptions): RemoteProcess {
  return options.stdin && options.container.awaitsInput ? playShell(options) : listen(options)
}

function playShell(options: ProcessOptions): RemoteProcess {
  const { container, cluster } = options
  const decoder = new TextDecoder()
  const print: ProcessOptions['print'] = (stream, bytes) => {
    container.log(stream, decoder.decode(bytes).replaceAll(PASTE_MODE, '').replaceAll('\r\n', '\n'))
    options.print(stream, bytes)
  }
  const [program = 'sh'] = (container.processes[0]?.command ?? 'sh').split(' ')
  const shell = startExec({ ...options, print }, [program])
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

function takesInputOnce(cluster: Cluster, { spec }: Container): boolean {
  const path = `/api/v1/namespaces/${spec.namespace}/pods/${spec.podName}`
  const pod = cluster.request({ method: 'GET', path }).body as Kube.Pod
  const all = [...(pod.spec?.containers ?? []), ...(pod.spec?.ephemeralContainers ?? [])]
  return all.find(({ name }) => name === spec.containerName)?.stdinOnce === true
}

/** Whatever else PID 1 is: it prints, and nobody reads what is typed. */
function listen(options: ProcessOptions): RemoteProcess {
  const { container, tty } = options
  const encoder = new TextEncoder()
  let stop = () => {}
  const { done, end } = untilEnd(
    options,
    () =>
      new Promise((resolve) => {
        const printed = (stream: 'stdout' | 'stderr', text: string) =>
          options.print(tty ? 'stdout' : stream, encoder.encode(tty ? text.replaceAll('\n', '\r\n') : text))
        stop = container.attach({ printed, ended: resolve })
      }),
  )
  return {
    input: () => undefined,
    endInput: () => undefined,
    resize: () => undefined,
    done,
    dispose() {
      stop()
      end(0)
    },
  }
}
