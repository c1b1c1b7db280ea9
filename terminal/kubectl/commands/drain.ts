import type { Kube } from '../../../emulator/index.ts'
import { Discovery, resourcePath } from '../api/discovery.ts'
import { LOOK_INTERVAL_MS } from '../api/follow.ts'
import { goDuration } from '../cli/numbers.ts'
import { defineSubcommand, type Invocation } from '../cli/subcommand.ts'
import { sortPods } from '../drain/filters.ts'
import { namedNodes } from '../drain/nodes.ts'
import { AggregateFailure, isNotFound, isReason, KubectlError, throwAll } from '../errors.ts'
import type { Info, ListBody } from '../resources/fetch.ts'
import { DRY_RUN_FLAG, dryRunOf, dryRunSuffix } from '../resources/mutation.ts'
import { SELECTOR_FLAGS } from '../resources/selection.ts'

type Pod = Kube.Pod

export const drain = defineSubcommand({
  name: 'drain',
  group: 'Cluster Management Commands:',
  summary: 'Drain node in preparation for maintenance',
  long: 'Drain node in preparation for maintenance.\n\n The node is marked unschedulable, then its pods are evicted. Pods of DaemonSets stay; pods that nothing would create again are only removed with --force.',
  examples: ['# Everything but DaemonSet pods', 'kubectl drain node01 --ignore-daemonsets'],
  usage: 'NODE',
  completes: { names: 'nodes' },
  flags: {
    ...SELECTOR_FLAGS,
    ...DRY_RUN_FLAG,
    'chunk-size': { kind: 'int64', default: 500, summary: 'Ask for large lists in pieces of this size.' },
    'delete-emptydir-data': {
      kind: 'bool',
      default: false,
      summary: 'Go on even if pods use emptyDir volumes, whose data is lost.',
    },
    'disable-eviction': { kind: 'bool', default: false, summary: 'Delete the pods, past their disruption budgets.' },
    force: { kind: 'bool', default: false, summary: 'Remove pods too that declare no controller.' },
    'grace-period': { kind: 'int', default: -1, summary: 'Seconds given to end in order.' },
    'ignore-daemonsets': { kind: 'bool', default: false, summary: 'Leave pods of DaemonSets alone.' },
    'pod-selector': { kind: 'string', default: '', summary: 'Only pods with these labels.' },
    'skip-wait-for-delete-timeout': {
      kind: 'int',
      default: 0,
      summary: 'Do not wait for pods that were deleted more than so many seconds ago; must be greater than 0.',
    },
    timeout: { kind: 'duration', default: 0, summary: 'How long to wait before giving up; zero never does.' },
  },
  run: async (invocation) => {
    const { context, flags } = invocation
    refuseWrongSelector(flags.string('pod-selector'))
    const infos = await namedNodes(invocation)
    for (const info of infos) cordonFirst(invocation, info)
    const pending: { readonly node: string; readonly failure: Error }[] = []
    for (const { name: node } of infos) {
      try {
        await drainNode(invocation, node)
      } catch (failure) {
        if (!(failure instanceof KubectlError) && !(failure instanceof AggregateFailure)) throw failure
        context.err(
          `error: unable to drain node ${JSON.stringify(node)} due to error: ${failure.message}, continuing command...\n`,
        )
        pending.push({ node, failure })
      }
    }
    if (pending.length === 0) return 0
    context.err(`There are pending nodes to be drained:\n${pending.map(({ node }) => ` ${node}\n`).join('')}`)
    const failures = pending.map(({ failure }) => failure)
    throw failures.length === 1 && failures[0] instanceof AggregateFailure
      ? failures[0]
      : new AggregateFailure(failures)
  },
})

/** A dry run cordons nothing. */
function cordonFirst(invocation: Invocation, info: Info): void {
  const { api, context } = invocation
  const dryRun = dryRunOf(invocation)
  const already = (info.object as Kube.Node).spec?.unschedulable === true
  if (!already && dryRun === 'none')
    api.send('PATCH', resourcePath(info.type, undefined, info.name), {
      body: { spec: { unschedulable: true } },
      contentType: 'application/strategic-merge-patch+json',
      query: { fieldManager: 'kubectl-drain' },
    })
  context.out(`node/${info.name} ${already ? 'already ' : ''}cordoned${dryRunSuffix(dryRun)}\n`)
}

/** Throws KubectlError or AggregateFailure with what stands in the way. */
async function drainNode(invocation: Invocation, node: string): Promise<void> {
  const { context } = invocation
  const dryRun = dryRunOf(invocation)
  const suffix = dryRunSuffix(dryRun)
  const { evicted, problems, warnings } = sortPods(invocation, podsOn(invocation, node))
  throwAll(problems.map((problem) => new KubectlError(problem)))
  if (warnings.length > 0) context.err(`Warning: ${warnings.join('; ')}\n`)
  if (dryRun === 'none') await evict(invocation, evicted)
  else for (const pod of evicted) context.out(`evicting pod ${nameOf(pod)}${suffix}\n`)
  context.out(`node/${node} drained${suffix}\n`)
}

function refuseWrongSelector(selector: string): void {
  const requirement = /^!?[^\s,=!()<>]+(?:\s*(?:==?|!=|<|>)\s*[^\s,=!()]*|\s+(?:not)?in\s*\([^()]*\))?$/
  const parts = selector.split(/,(?![^(]*\))/).map((part) => part.trim())
  if (selector !== '' && !parts.every((part) => requirement.test(part)))
    throw new KubectlError('--pod-selector=<pod_selector> must be a valid label selector')
}

const nameOf = (pod: Pod) => `${pod.metadata?.namespace}/${pod.metadata?.name}`

function podsOn({ api, flags }: Invocation, node: string): readonly Pod[] {
  const type = new Discovery(api).resolve('pods')
  const labels = flags.optional('pod-selector')
  const query = { fieldSelector: `spec.nodeName=${node}`, ...(labels && { labelSelector: labels }) }
  return (api.get<ListBody>(resourcePath(type, undefined), { query }).items ?? []) as readonly Pod[]
}

/** A budget that cannot spare a pod is asked again after so long. */
const RETRY_MS = 5000

/**
 * Evicts all pods side by side, each until it is gone; one that a budget holds is tried again and again (upstream:
 * kubectl/pkg/drain/drain.go evictPods).
 */
async function evict(invocation: Invocation, pods: readonly Pod[]): Promise<void> {
  const { api, context, flags } = invocation
  const timeout = flags.number('timeout')
  const deadline = context.time.now() + (timeout || Number.POSITIVE_INFINITY)
  const type = new Discovery(api).resolve('pods')
  const pathOf = (pod: Pod) => resourcePath(type, pod.metadata?.namespace, pod.metadata?.name)
  const dueAt = new Map(pods.map((pod) => [pod, context.time.now()]))
  const going = new Set<Pod>()
  while (dueAt.size + going.size > 0) {
    for (const [pod, at] of [...dueAt]) {
      if (at > context.time.now()) continue
      dueAt.delete(pod)
      if (!flags.bool('disable-eviction')) context.out(`evicting pod ${nameOf(pod)}\n`)
      if (sendOff(invocation, pod, pathOf(pod))) going.add(pod)
      else dueAt.set(pod, context.time.now() + RETRY_MS)
    }
    for (const pod of [...going]) {
      if (!isGone(api, pathOf(pod), pod)) continue
      going.delete(pod)
      context.out(`pod/${pod.metadata?.name} ${flags.bool('disable-eviction') ? 'deleted' : 'evicted'}\n`)
    }
    if (dueAt.size + going.size === 0) return
    if (context.time.now() >= deadline) throw tooLate([...dueAt.keys()], [...going], timeout)
    await context.time.sleep(LOOK_INTERVAL_MS, context.signal)
  }
}

function tooLate(held: readonly Pod[], going: readonly Pod[], timeout: number): AggregateFailure {
  const limit = `global timeout reached: ${goDuration(timeout)}`
  const named = ({ metadata }: Pod) => [JSON.stringify(metadata?.name), JSON.stringify(metadata?.namespace)] as const
  const texts = [
    ...held.map(named).map(([name, namespace]) => `error when evicting pods/${name} -n ${namespace}: ${limit}`),
    ...going
      .map(named)
      .map(
        ([name, namespace]) => `error when waiting for pod ${name} in namespace ${namespace} to terminate: ${limit}`,
      ),
  ]
  return new AggregateFailure(texts.map((text) => new KubectlError(text)))
}

/** False if a budget holds the pod. */
function sendOff({ api, context, flags }: Invocation, { metadata }: Pod, path: string): boolean {
  const grace = flags.number('grace-period')
  const deleteOptions = grace >= 0 ? { gracePeriodSeconds: grace } : {}
  try {
    if (flags.bool('disable-eviction'))
      api.send('DELETE', path, { body: { kind: 'DeleteOptions', apiVersion: 'v1', ...deleteOptions } })
    else
      api.send('POST', `${path}/eviction`, {
        body: {
          apiVersion: 'policy/v1',
          kind: 'Eviction',
          metadata: { name: metadata?.name, namespace: metadata?.namespace },
          deleteOptions,
        },
      })
    return true
  } catch (error) {
    if (isNotFound(error)) return true
    const which = `pods/${JSON.stringify(metadata?.name)} -n ${JSON.stringify(metadata?.namespace)}`
    if (!(error instanceof Error)) throw error
    if (!isReason(error, 'TooManyRequests')) throw new KubectlError(`error when evicting ${which}: ${error.message}`)
    context.err(`error when evicting ${which} (will retry after 5s): ${error.message}\n`)
    return false
  }
}

function isGone(api: Invocation['api'], path: string, pod: Pod): boolean {
  try {
    return api.get<Pod>(path).metadata?.uid !== pod.metadata?.uid
  } catch (error) {
    if (isNotFound(error)) return true
    throw error
  }
}
