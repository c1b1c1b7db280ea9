/** Joins the streams of a container's main process (upstream: kubectl/pkg/cmd/attach/attach.go, Run). */
import type { Container, Kube } from '../../../emulator/index.ts'
import type { Invocation } from '../cli/subcommand.ts'
import { KubectlError } from '../errors.ts'
import { isPlayed, playShell } from './play-shell.ts'
import { sendInput } from './send-input.ts'

export interface Attachment {
  readonly pod: Kube.Pod
  readonly container: string
  readonly stdin: boolean
  readonly tty: boolean
  readonly quiet: boolean
}

const NOTICE =
  "All commands and output from this session will be recorded in container logs, including credentials and sensitive information passed through the command prompt.\nIf you don't see a command prompt, try pressing enter.\n"

/** Resolves when the process ends or nobody types any more. Throws ApiError, KubectlError. */
export async function attachContainer(invocation: Invocation, attachment: Attachment): Promise<void> {
  const { context } = invocation
  const { pod, container: name, stdin, quiet } = attachment
  const { namespace = invocation.namespace, name: podName = '' } = pod.metadata ?? {}
  const spec = [
    ...(pod.spec?.containers ?? []),
    ...(pod.spec?.initContainers ?? []),
    ...(pod.spec?.ephemeralContainers ?? []),
  ].find((c) => c.name === name)
  if (attachment.tty && spec?.tty !== true && !quiet)
    context.err(`error: Unable to use a TTY - container ${name} did not allocate one\n`)
  const tty = spec?.tty === true && stdin && context.stdinIsTerminal && context.tty !== undefined
  if (spec?.tty === true && stdin && !context.stdinIsTerminal && !quiet)
    context.err('Unable to use a TTY - input is not a terminal or the right kind of file\n')
  if (!quiet) context.err(NOTICE)
  const path = `/api/v1/namespaces/${namespace}/pods/${podName}`
  openStreams(invocation, path, { container: name, stdin, tty })
  const container = context.cluster.container(namespace, podName, name)
  if (!container)
    throw new KubectlError(
      `Internal error occurred: unable to upgrade connection: container not found (${JSON.stringify(name)})`,
    )
  if (!stdin || !isPlayed(container, tty)) {
    if (stdin) sendInput(context, container)
    return listen(invocation, container)
  }
  await playShell(invocation, container, tty)
  if (!quiet && tty) context.out(`${reattachHint(pod, name, namespace)}\n`)
}

/** Asks the kubelet for the streams of a container's main process. Throws ApiError or KubectlError where it gives none. */
export function openStreams(
  { api }: Invocation,
  podPath: string,
  { container, stdin, tty }: Pick<Attachment, 'container' | 'stdin' | 'tty'>,
): void {
  const query = { container, stdin: String(stdin), stdout: 'true', stderr: String(!tty), tty: String(tty) }
  const { failure } = api.connect(`${podPath}/attach`, query)
  if (!failure) return
  const connection = failure.code === 404 ? 'unable to upgrade connection: ' : ''
  throw new KubectlError(`Internal error occurred: ${connection}${failure.message}`)
}

function reattachHint(pod: Kube.Pod, container: string, namespace: string): string {
  const command = `kubectl attach ${pod.metadata?.name} -c ${container} -n ${namespace} -i -t`
  return pod.spec?.ephemeralContainers?.some(({ name }) => name === container)
    ? `Session ended, the ephemeral container will not be restarted but may be reattached using '${command}' if it is still running`
    : `Session ended, resume using '${command}' command`
}

/** Everything else only prints. */
async function listen({ context }: Invocation, container: Container): Promise<void> {
  let ended = false
  const stop = container.attach({
    printed: (stream, text) => (stream === 'stdout' ? context.out(text) : context.err(text)),
    ended: () => {
      ended = true
    },
  })
  const over = () => ended || container.state.kind !== 'running'
  try {
    while (!over()) await context.time.sleep(100, context.signal)
  } finally {
    stop()
  }
}
