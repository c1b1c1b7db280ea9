/** Which pods go, which stay, which stand in the way (upstream: kubectl/pkg/drain/filters.go). */
import type { Kube } from '../../../emulator/index.ts'
import type { Invocation } from '../cli/subcommand.ts'
import { isNotFound } from '../errors.ts'

type Pod = Kube.Pod

interface Verdict {
  readonly goes: boolean
  readonly warning?: string
  readonly problem?: string
}
type Filter = (pod: Pod, invocation: Invocation) => Verdict

const GOES: Verdict = { goes: true }

const podName = ({ metadata }: Pod): string => `${metadata?.namespace}/${metadata?.name}`
const ownerOf = ({ metadata }: Pod) => metadata?.ownerReferences?.find(({ controller }) => controller)
const isOver = ({ status }: Pod): boolean => status?.phase === 'Succeeded' || status?.phase === 'Failed'

/** One that should be gone long ago is not waited for. */
const deleted: Filter = ({ metadata }, { flags, context }) => {
  const patience = flags.number('skip-wait-for-delete-timeout')
  const since = metadata?.deletionTimestamp
  const late = since !== undefined && (context.cluster.now() - Date.parse(since)) / 1000 >= patience + 1
  return { goes: !(patience > 0 && late) }
}

const daemon: Filter = (pod, { api, flags }) => {
  const owner = ownerOf(pod)
  if (owner?.kind !== 'DaemonSet' || isOver(pod)) return GOES
  try {
    api.get(`/apis/apps/v1/namespaces/${pod.metadata?.namespace}/daemonsets/${owner.name}`)
  } catch (error) {
    if (!isNotFound(error)) throw error
    return flags.bool('force') ? { goes: true, warning: error.message } : { goes: false, problem: error.message }
  }
  return flags.bool('ignore-daemonsets')
    ? { goes: false, warning: 'ignoring DaemonSet-managed Pods' }
    : { goes: false, problem: 'DaemonSet-managed Pods (use --ignore-daemonsets to ignore)' }
}

const mirror: Filter = ({ metadata }) => ({
  goes: metadata?.annotations?.['kubernetes.io/config.mirror'] === undefined,
})

const localStorage: Filter = (pod, { flags }) => {
  if (isOver(pod) || !pod.spec?.volumes?.some(({ emptyDir }) => emptyDir)) return GOES
  return flags.bool('delete-emptydir-data')
    ? { goes: true, warning: 'deleting Pods with local storage' }
    : { goes: false, problem: 'Pods with local storage (use --delete-emptydir-data to override)' }
}

const unreplicated: Filter = (pod, { flags }) => {
  if (isOver(pod) || ownerOf(pod)) return GOES
  return flags.bool('force')
    ? { goes: true, warning: 'deleting Pods that declare no controller' }
    : { goes: false, problem: 'cannot delete Pods that declare no controller (use --force to override)' }
}

const FILTERS: readonly Filter[] = [deleted, daemon, mirror, localStorage, unreplicated]

/** The last filter's word counts; what one holds back the next ones are not asked about. */
function verdictOn(pod: Pod, invocation: Invocation): Verdict {
  let verdict = GOES
  for (const filter of FILTERS) {
    verdict = filter(pod, invocation)
    if (!verdict.goes) break
  }
  return verdict
}

export interface Sorted {
  readonly evicted: readonly Pod[]
  /** Reasons with the pods that each is about. */
  readonly problems: readonly string[]
  readonly warnings: readonly string[]
}

export function sortPods(invocation: Invocation, pods: readonly Pod[]): Sorted {
  const verdicts = pods.map((pod) => ({ pod, ...verdictOn(pod, invocation) }))
  const texts = (key: 'problem' | 'warning') => {
    const reasons = [...new Set(verdicts.flatMap((verdict) => verdict[key] ?? []))]
    const about = (reason: string) =>
      verdicts.filter((verdict) => verdict[key] === reason).map(({ pod }) => podName(pod))
    return reasons.map((reason) => `${reason}: ${about(reason).join(', ')}`)
  }
  const cannot = (text: string) => (text.toLowerCase().startsWith('cannot delete') ? text : `cannot delete ${text}`)
  return {
    evicted: verdicts.filter(({ goes }) => goes).map(({ pod }) => pod),
    problems: texts('problem').map(cannot),
    warnings: texts('warning'),
  }
}
