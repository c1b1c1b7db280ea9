import type { ApiStream, Kube } from '../../../emulator/index.ts'
import { follow, requestTimeout, waitUntil } from '../api/follow.ts'
import { defineSubcommand, type Invocation } from '../cli/subcommand.ts'
import { usageError } from '../cli/usage-error.ts'
import { ApiError, KubectlError } from '../errors.ts'
import type { ListBody } from '../resources/fetch.ts'
import { chooseContainer, podsFor } from '../resources/pod-logic.ts'
import { SELECTOR_FLAGS } from '../resources/selection.ts'

type Pod = Kube.Pod

export const logs = defineSubcommand({
  name: 'logs',
  group: 'Troubleshooting and Debugging Commands:',
  summary: 'Print the logs for a container in a pod',
  examples: [
    '# The log of a pod',
    'kubectl logs web',
    '',
    '# The last 20 lines, and what comes after',
    'kubectl logs -f --tail=20 web',
    '',
    '# What the container said before its last restart',
    'kubectl logs --previous web',
    '',
    '# All pods with a label',
    'kubectl logs -l app=web --all-containers',
  ],
  usage: '[-f] [-p] (POD | TYPE/NAME) [-c CONTAINER]',
  completes: 'pods',
  flags: {
    ...SELECTOR_FLAGS,
    'all-containers': { kind: 'bool', default: false, summary: 'Logs of all containers of the pod.' },
    'all-pods': { kind: 'bool', default: false, summary: 'Logs of all pods of the workload; sets --prefix.' },
    container: {
      kind: 'string',
      shorthand: 'c',
      default: '',
      summary: 'Container of the pod.',
    },
    follow: { kind: 'bool', shorthand: 'f', default: false, summary: 'Go on and print what is added.' },
    'ignore-errors': { kind: 'bool', default: false, summary: 'Go on if one of several logs cannot be read.' },
    'insecure-skip-tls-verify-backend': {
      kind: 'bool',
      default: false,
      summary: "Do not check the kubelet's certificate.",
    },
    'limit-bytes': { kind: 'int64', default: 0, summary: 'Most bytes to print.' },
    'max-log-requests': { kind: 'int', default: 5, summary: 'Most logs to follow at once with a selector.' },
    'pod-running-timeout': { kind: 'duration', default: 20_000, summary: 'How long to wait for a pod that runs.' },
    prefix: { kind: 'bool', default: false, summary: 'Put pod and container before each line.' },
    previous: { kind: 'bool', shorthand: 'p', default: false, summary: "Log of the container's previous instance." },
    since: { kind: 'duration', default: 0, summary: 'Only what is newer than this: 5s, 2m, 3h.' },
    'since-time': { kind: 'string', default: '', summary: 'Only what is newer than this time (RFC3339).' },
    tail: { kind: 'int64', default: -1, summary: 'Number of last lines; all without a selector, 10 with one.' },
    timestamps: { kind: 'bool', default: false, summary: 'Put the time before each line.' },
  },
  run: async (invocation) => {
    const { flags, context } = invocation
    checkRange(invocation)
    const targets = await logTargets(invocation)
    const prefix = flags.bool('prefix') || flags.bool('all-pods')
    const streams: Promise<unknown>[] = []
    if (flags.bool('follow') && targets.length > flags.number('max-log-requests'))
      throw new KubectlError(
        `you are attempting to follow ${targets.length} log streams, but maximum allowed concurrency is ${flags.number('max-log-requests')}, use --max-log-requests to increase the limit`,
      )
    for (const { pod, container } of targets) {
      const path = `/api/v1/namespaces/${invocation.namespace}/pods/${pod}/log`
      const query = { container, ...logQuery(invocation) }
      const mark = prefix ? `[pod/${pod}/${container}] ` : ''
      try {
        if (flags.bool('follow')) {
          const stream = await startedStream(invocation, path, { ...query, follow: 'true' })
          streams.push(followed(invocation, stream, (text) => context.out(marked(text, mark))))
        } else context.out(marked(String(invocation.api.send('GET', path, { query }) ?? ''), mark))
      } catch (error) {
        if (!(error instanceof ApiError) || !flags.bool('ignore-errors')) throw error
        context.err(`error: ${error.message}\n`)
      }
    }
    await Promise.all(streams)
    return 0
  },
})

const STARTING = /is waiting to start: (?:ContainerCreating|PodInitializing)$/

/** Followed logs of a container that is about to start are waited for (upstream: logs.go, since 1.36). */
async function startedStream(
  { api, context }: Invocation,
  path: string,
  query: { readonly [name: string]: string },
): Promise<ApiStream> {
  for (;;) {
    try {
      const { stream, body } = api.sendRaw('GET', path, { query })
      return stream ?? whole(String(body ?? ''))
    } catch (error) {
      if (!(error instanceof ApiError) || !STARTING.test(error.message)) throw error
      await context.time.sleep(RETRY_MS, context.signal)
    }
  }
}

const RETRY_MS = 1000

/** The log of a container that has ended comes in one piece. */
const whole = (text: string): ApiStream => ({
  subscribe(onItem, onEnd) {
    onItem(text)
    onEnd()
    return () => undefined
  },
})

/** Throws KubectlError when --request-timeout ends it. */
async function followed({ api, context }: Invocation, stream: ApiStream, print: (text: string) => void): Promise<void> {
  const ended = await follow(context, stream, (item) => print(String(item)), requestTimeout(api))
  if (ended === 'timeout')
    throw new KubectlError('net/http: request canceled (Client.Timeout or context cancellation while reading body)')
}

const RFC3339 = /^\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d(?:\.\d+)?(?:Z|[+-]\d\d:\d\d)$/

/** Throws KubectlError for --since and --since-time that make no sense. */
function checkRange({ flags }: Invocation): void {
  if (flags.changed('limit-bytes') && flags.number('limit-bytes') <= 0)
    throw new KubectlError('--limit-bytes must be greater than 0')
  if (flags.number('tail') < -1) throw new KubectlError('--tail must be greater than or equal to -1')
  const time = flags.optional('since-time')
  if (time && flags.number('since') > 0)
    throw new KubectlError('at most one of `sinceTime` or `sinceSeconds` may be specified')
  if (time && !RFC3339.test(time))
    throw new KubectlError(
      `parsing time ${JSON.stringify(time)} as "2006-01-02T15:04:05Z07:00": cannot parse ${JSON.stringify(time)} as "2006"`,
    )
}

const marked = (text: string, mark: string) => (mark === '' ? text : text.replace(/^(?=.)/gm, mark))

async function logTargets(
  invocation: Invocation,
): Promise<readonly { readonly pod: string; readonly container: string }[]> {
  const { flags, args, context } = invocation
  const selector = flags.optional('selector')
  if (args.length > 2 || (args.length === 0 && !selector))
    throw usageError(
      invocation,
      "expected 'logs [-f] [-p] (POD | TYPE/NAME) [-c CONTAINER]'.\nPOD or TYPE/NAME is a required argument for the logs command",
    )
  if (selector && args.length > 0) throw usageError(invocation, 'only a selector (-l) or a POD name is allowed')
  if (flags.bool('all-containers') && flags.optional('container'))
    throw new KubectlError(
      `--all-containers=true should not be specified with container name ${flags.string('container')}`,
    )
  const pods = selector ? listPods(invocation, selector) : await awaitedPods(invocation, args)
  if (pods.length === 0) throw new KubectlError('', { code: 0 })
  const chosen = selector || flags.bool('all-pods') ? pods : pods.slice(0, 1)
  if (!selector && pods.length > 1 && !flags.bool('all-pods'))
    context.err(`Found ${pods.length} pods, using pod/${pods[0]?.metadata?.name}\n`)
  const wanted = args.length > 1 ? args[1] : flags.optional('container')
  return chosen.flatMap((pod) => {
    const name = pod.metadata?.name ?? ''
    if (flags.bool('all-containers')) return inStartOrder(pod).map((container) => ({ pod: name, container }))
    const { name: container, notice } = chooseContainer(pod, wanted)
    if (notice) context.err(notice)
    return [{ pod: name, container }]
  })
}

/** Upstream asks init containers first (polymorphichelpers/logsforobject.go). */
function inStartOrder({ spec }: Pod): readonly string[] {
  const { initContainers = [], containers = [], ephemeralContainers = [] } = spec ?? {}
  return [...initContainers, ...containers, ...ephemeralContainers].map(({ name }) => name)
}

/** A workload's first pod is waited for (upstream: polymorphichelpers/helpers.go, GetFirstPod). Throws KubectlError. */
async function awaitedPods(invocation: Invocation, args: readonly string[]): Promise<readonly Pod[]> {
  const { context, flags } = invocation
  let pods: readonly Pod[] = []
  const found = (): boolean => {
    pods = namedPods(invocation, args)
    return pods.length > 0
  }
  if (await waitUntil(context, found, flags.number('pod-running-timeout'))) return pods
  throw new KubectlError('timed out waiting for the condition')
}

/** A pod that is missing is reported in the words of logs itself. */
function namedPods(invocation: Invocation, args: readonly string[]): readonly Pod[] {
  try {
    return podsFor(invocation, args[0] ?? '')
  } catch (error) {
    if (error instanceof ApiError && error.reason === 'NotFound')
      throw new KubectlError(`error from server (NotFound): ${error.message} in namespace "${invocation.namespace}"`)
    throw error
  }
}

function listPods({ api, namespace, context }: Invocation, selector: string): readonly Pod[] {
  const list = api.get<ListBody>(`/api/v1/namespaces/${namespace}/pods`, { query: { labelSelector: selector } })
  if (!list.items?.length) context.err(`No resources found in ${namespace} namespace.\n`)
  return (list.items ?? []) as readonly Pod[]
}

function logQuery({ flags }: Invocation): { readonly [name: string]: string } {
  const tail = flags.changed('tail') || !flags.optional('selector') ? flags.number('tail') : 10
  return {
    ...(flags.bool('previous') && { previous: 'true' }),
    ...(flags.bool('timestamps') && { timestamps: 'true' }),
    ...(tail >= 0 && { tailLines: String(tail) }),
    ...(flags.number('since') > 0 && { sinceSeconds: String(Math.ceil(flags.number('since') / 1000)) }),
    ...(flags.optional('since-time') && { sinceTime: flags.string('since-time') }),
    ...(flags.number('limit-bytes') > 0 && { limitBytes: String(flags.number('limit-bytes')) }),
  }
}
