import type { AdmissionPlugin, AdmissionRequest } from '../api/admission.ts'
import { forbidden } from '../api/errors.ts'
import { formatQuantity, parseQuantity } from '../api/quantity.ts'
import type { Container, LimitRangeItem, PersistentVolumeClaim, Pod } from '../generated/types.ts'
import { byBytes } from '../kinds/format/labels.ts'
import { limitRange as limitRangeKind } from '../kinds/limit-range.ts'
import { persistentVolumeClaim as claimKind } from '../kinds/persistent-volume-claim.ts'

type Amounts = { readonly [resource: string]: string }

/** Gives containers the defaults of the namespace's LimitRanges and holds Pods to their bounds (upstream: plugin/pkg/admission/limitranger). */
export const limitRanger: AdmissionPlugin = {
  name: 'LimitRanger',
  admit(request) {
    const { object, subresource } = request
    if (!concerns(request) || !object || subresource) return undefined
    return itemsOf(request).reduce<Pod>((pod, item) => withDefaults(pod, item), object)
  },
  validate(request) {
    const { object, kind, name, subresource } = request
    if (!object || subresource) return
    const check = concerns(request) ? problemsOf : kind === claimKind ? claimProblems : undefined
    if (!check || request.operation === 'DELETE') return
    const problems = itemsOf(request).flatMap((item) => check(object, item))
    if (problems.length === 0) return
    throw forbidden(kind, name, problems.length === 1 ? (problems[0] ?? '') : `[${problems.join(', ')}]`)
  },
}

const concerns = ({ operation, kind }: AdmissionRequest): boolean =>
  operation === 'CREATE' && kind.group === '' && kind.plural === 'pods'

const itemsOf = ({ objects, namespace }: AdmissionRequest): readonly LimitRangeItem[] =>
  objects.list(limitRangeKind, { namespace }).flatMap(({ spec }) => spec?.limits ?? [])

const ANNOTATION = 'kubernetes.io/limit-ranger'

/** Fills in what containers do not say, and notes it in an annotation. */
function withDefaults(pod: Pod, item: LimitRangeItem): Pod {
  if (item.type !== 'Container' || !pod.spec) return pod
  const notes: string[] = []
  const fill = (title: string) => (container: Container) => filled(container, item, title, notes)
  const { containers = [], initContainers } = pod.spec
  const spec = {
    ...pod.spec,
    containers: containers.map(fill('container')),
    ...(initContainers && { initContainers: initContainers.map(fill('init container')) }),
  }
  if (notes.length === 0) return pod
  const annotations = { ...pod.metadata?.annotations, [ANNOTATION]: `LimitRanger plugin set: ${notes.join('; ')}` }
  return { ...pod, metadata: { ...pod.metadata, annotations }, spec }
}

function filled(container: Container, item: LimitRangeItem, title: string, notes: string[]): Container {
  const { limits = {}, requests = {} } = container.resources ?? {}
  // A limit alone is a request too; that default comes before this plug-in upstream.
  const asked: Amounts = { ...limits, ...requests }
  const missing = (wanted: Amounts | undefined, given: Amounts) =>
    Object.keys(wanted ?? {})
      .filter((resource) => given[resource] === undefined)
      .sort(byBytes)
  const note = (resources: readonly string[], what: string) => {
    if (resources.length > 0) notes.push(`${resources.join(', ')} ${what} for ${title} ${container.name}`)
  }
  const newRequests = missing(item.defaultRequest, asked)
  const newLimits = missing(item.default, limits)
  note(newRequests, 'request')
  note(newLimits, 'limit')
  if (newRequests.length + newLimits.length === 0) return container
  const resources = {
    ...container.resources,
    limits: { ...item.default, ...limits },
    requests: { ...item.defaultRequest, ...asked },
  }
  return { ...container, resources }
}

function problemsOf(pod: Pod, item: LimitRangeItem): readonly string[] {
  const { containers = [], initContainers = [] } = pod.spec ?? {}
  if (item.type === 'Container')
    return [...containers, ...initContainers].flatMap(({ resources }) =>
      boundProblems(item, resources?.requests ?? {}, resources?.limits ?? {}),
    )
  if (item.type !== 'Pod') return []
  const sum = (list: 'requests' | 'limits') => total(containers.map(({ resources }) => resources?.[list] ?? {}))
  return boundProblems(item, sum('requests'), sum('limits'))
}

/** Claims have no limits: the most that may be asked for is what their requests are held to. */
function claimProblems({ spec }: PersistentVolumeClaim, { type, min, max }: LimitRangeItem): readonly string[] {
  if (type !== claimKind.kind) return []
  const asked = spec?.resources?.requests ?? {}
  const beyond = Object.entries(max ?? {})
    .filter(([resource, bound]) => amount(asked[resource]) > amount(bound))
    .map(([resource, bound]) => `maximum ${resource} usage per ${type} is ${bound}, but request is ${asked[resource]}`)
  return [...boundProblems({ type, ...(min && { min }) }, asked, {}), ...beyond]
}

/** The sum of each resource over all containers. */
function total(lists: readonly Amounts[]): Amounts {
  const sums = new Map<string, string>()
  for (const [resource, text] of lists.flatMap((list) => Object.entries(list))) {
    const [sum, more] = [parseQuantity(sums.get(resource) ?? '0'), parseQuantity(text)]
    if (sum && more) sums.set(resource, formatQuantity({ ...more, nano: sum.nano + more.nano }))
  }
  return Object.fromEntries(sums)
}

function boundProblems(item: LimitRangeItem, requests: Amounts, limits: Amounts): readonly string[] {
  const each = (bounds: Amounts | undefined, check: (resource: string, bound: string) => string | undefined) =>
    Object.entries(bounds ?? {})
      .sort(([a], [b]) => byBytes(a, b))
      .flatMap(([resource, bound]) => check(resource, bound) ?? [])
  return [
    ...each(item.min, (resource, bound) => {
      const [request, limit] = [requests[resource], limits[resource]]
      const head = `minimum ${resource} usage per ${item.type} is ${bound}`
      if (request === undefined) return `${head}.  No request is specified`
      if (amount(request) < amount(bound)) return `${head}, but request is ${request}`
      return limit !== undefined && amount(limit) < amount(bound) ? `${head}, but limit is ${limit}` : undefined
    }),
    ...each(item.max, (resource, bound) => {
      const [request, limit] = [requests[resource], limits[resource]]
      const head = `maximum ${resource} usage per ${item.type} is ${bound}`
      if (limit === undefined) return `${head}.  No limit is specified`
      if (amount(limit) > amount(bound)) return `${head}, but limit is ${limit}`
      return request !== undefined && amount(request) > amount(bound) ? `${head}, but request is ${request}` : undefined
    }),
    ...each(item.maxLimitRequestRatio, (resource, bound) => ratioProblem(item, resource, bound, requests, limits)),
  ]
}

function ratioProblem(
  { type }: LimitRangeItem,
  resource: string,
  bound: string,
  requests: Amounts,
  limits: Amounts,
): string | undefined {
  const [request, limit] = [amount(requests[resource]), amount(limits[resource])]
  const head = `${resource} max limit to request ratio per ${type} is ${bound}`
  if (request === 0n) return `${head}, but no request is specified or request is 0`
  if (limit === 0n) return `${head}, but no limit is specified or limit is 0`
  const ratio = Number(limit) / Number(request)
  return ratio > Number(amount(bound)) / 1e9 ? `${head}, but provided ratio is ${ratio.toFixed(6)}` : undefined
}

const amount = (text: string | undefined): bigint => parseQuantity(text ?? '0')?.nano ?? 0n
