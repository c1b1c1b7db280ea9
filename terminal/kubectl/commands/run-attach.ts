import type { Container, Kube, KubeObject } from '../../../emulator/index.ts'
import { waitUntil } from '../api/follow.ts'
import { openStreams } from '../attach/attach-container.ts'
import { isPlayed, playShell } from '../attach/play-shell.ts'
import { sendInput } from '../attach/send-input.ts'
import type { Invocation } from '../cli/subcommand.ts'
import { ApiError, isNotFound, KubectlError } from '../errors.ts'

type Pod = Kube.Pod

/** The rest of `run -i`: wait for the pod, show its output or sit in its shell, clean up (upstream: run.go, handleAttachPod). */
export async function attachToRun(invocation: Invocation, created: KubeObject): Promise<number> {
  const { context, namespace } = invocation
  const name = created.metadata?.name ?? ''
  const stop = context.requests.follow({ kind: 'pod', namespace, name })
  try {
    return await seePod(invocation, name)
  } finally {
    stop()
  }
}

async function seePod(invocation: Invocation, name: string): Promise<number> {
  const { flags, context } = invocation
  const path = `/api/v1/namespaces/${invocation.namespace}/pods/${name}`
  const read = () => invocation.api.get<Pod>(path)
  const started = await waitUntil(context, () => hasStarted(read()), flags.number('pod-running-timeout'))
  if (!started) {
    if (flags.bool('rm')) removePod(invocation, path, name)
    throw new KubectlError('timed out waiting for the condition')
  }
  if (!flags.bool('quiet') && !isOver(read())) {
    context.err(
      "All commands and output from this session will be recorded in container logs, including credentials and sensitive information passed through the command prompt.\nIf you don't see a command prompt, try pressing enter.\n",
    )
  }
  const tty = context.tty !== undefined && flags.bool('tty')
  const isAttached = !isOver(read()) && attaches(invocation, path, read())
  const container = mainContainer(invocation, read())
  if (isAttached && container && isPlayed(container, tty)) await playShell(invocation, container, tty)
  else {
    if (isAttached && container && flags.bool('stdin')) sendInput(context, container)
    await followOutput(invocation, path, read)
  }
  const code = await exitCode(invocation, read)
  if (flags.bool('rm')) {
    removePod(invocation, path, name)
    await waitUntil(context, () => isGone(read))
  }
  return code
}

/** False if the container ended since it was seen to run, or if attaching is forbidden: its log is shown instead. */
function attaches(invocation: Invocation, path: string, { metadata, spec }: Pod): boolean {
  const { flags, context } = invocation
  const container = spec?.containers[0]?.name ?? ''
  try {
    openStreams(invocation, path, { container, stdin: flags.bool('stdin'), tty: flags.bool('tty') })
    return true
  } catch (error) {
    if (!(error instanceof KubectlError || error instanceof ApiError)) throw error
    context.err(`warning: couldn't attach to pod/${metadata?.name}, falling back to streaming logs: ${error.message}\n`)
    return false
  }
}

const isOver = (pod: Pod) => pod.status?.phase === 'Succeeded' || pod.status?.phase === 'Failed'
const hasEnded = (pod: Pod) => {
  const [status] = pod.status?.containerStatuses ?? []
  return isOver(pod) || status?.state?.terminated !== undefined || status?.lastState?.terminated !== undefined
}
const hasStarted = (pod: Pod) =>
  isOver(pod) || (pod.status?.containerStatuses ?? []).some((c) => c.state?.running !== undefined)

function isGone(read: () => Pod): boolean {
  try {
    read()
    return false
  } catch (error) {
    if (isNotFound(error)) return true
    throw error
  }
}

function mainContainer({ context, namespace }: Invocation, { metadata, spec }: Pod): Container | undefined {
  return context.cluster.container(namespace, metadata?.name ?? '', spec?.containers[0]?.name ?? '')
}

/** Prints the log as it grows until the pod ends. */
async function followOutput(invocation: Invocation, path: string, read: () => Pod): Promise<void> {
  const { context, api } = invocation
  let shown = 0
  const print = () => {
    const text = String(api.send('GET', `${path}/log`) ?? '')
    context.out(text.slice(shown))
    shown = text.length
  }
  await waitUntil(context, () => {
    print()
    return hasEnded(read())
  })
}

/** How the pod ended; one that is to be restarted is not waited for. */
async function exitCode({ context, namespace }: Invocation, read: () => Pod): Promise<number> {
  if (read().spec?.restartPolicy === 'Always') return 0
  await waitUntil(context, () => isOver(read()))
  const pod = read()
  const terminated = pod.status?.containerStatuses?.[0]?.state?.terminated
  const code = terminated?.exitCode ?? 0
  if (code !== 0) context.err(`pod ${namespace}/${pod.metadata?.name} terminated (${terminated?.reason ?? 'Error'})\n`)
  return code
}

function removePod(invocation: Invocation, path: string, name: string): void {
  invocation.api.send('DELETE', path, { body: { kind: 'DeleteOptions', apiVersion: 'v1', gracePeriodSeconds: 0 } })
  if (!invocation.flags.bool('quiet'))
    invocation.context.out(`pod "${name}" deleted from ${invocation.namespace} namespace\n`)
}
