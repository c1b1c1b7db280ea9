import type { Service } from '../../generated/types.ts'
import { parseIPv4 } from '../addresses.ts'
import type { ResolvConf } from '../dns/resolv-conf.ts'
import type { Place } from '../types.ts'
import { placeName, type World } from '../world.ts'
import type { Explanation } from './explanation.ts'

interface Asked {
  readonly from: Place
  readonly name: string
  readonly conf: ResolvConf
}

/** Why nobody knows a name: the near misses of Services', Pods' and StatefulSets' names. */
export function explainUnknownName(world: World, { from, name, conf }: Asked): Explanation {
  const params = { server: conf.nameservers[0] ?? '', name, source: placeName(from) }
  const labels = name.toLowerCase().split('.')
  const [first = '', second] = labels
  const own = from.kind === 'pod' ? from.namespace : undefined
  const named = world.objects.services().filter((candidate) => candidate.metadata?.name === first)
  const wanted = second === undefined || second === '' ? own : second
  const service = named.find((candidate) => candidate.metadata?.namespace === wanted) ?? named[0]
  const inCluster = conf.search.some((domain) => domain.startsWith('svc.')) || conf.search.includes('cluster.local')
  if (service !== undefined && !inCluster) return { code: 'dns-cluster-name-outside', params }
  const stateful = inCluster
    ? explainPodName(world, labels, { own, isService: service !== undefined }, params)
    : undefined
  if (stateful !== undefined) return stateful
  if (service === undefined) return inCluster ? explainSimilar(world, labels, own, params) : notFound(params)
  return explainService(service, { labels, wanted, name }, params)
}

type Params = Explanation['params']

const notFound = (params: Params): Explanation => ({ code: 'dns-not-found', params })

function explainService(
  service: Service,
  {
    labels,
    wanted,
    name,
  }: { readonly labels: readonly string[]; readonly wanted: string | undefined; readonly name: string },
  params: Params,
): Explanation {
  const { name: first = '', namespace = '' } = service.metadata ?? {}
  const known = { ...params, service: first, namespace, full: `${first}.${namespace}.svc.cluster.local` }
  const { type, externalName = '', clusterIP, selector = {} } = service.spec ?? {}
  const complete = labels.length < 3 || (labels[2] === 'svc' && labels.length !== 4)
  if (namespace === wanted && type === 'ExternalName') {
    const code = parseIPv4(externalName) === undefined ? 'dns-external-name-unknown' : 'dns-external-name-address'
    return { code, params: { ...known, externalName } }
  }
  if (namespace === wanted && complete && !name.endsWith('.') && clusterIP === 'None') {
    const code = Object.keys(selector).length === 0 ? 'dns-headless-no-selector' : 'dns-headless-empty'
    return { code, params: known }
  }
  if (namespace !== wanted) return { code: 'dns-service-elsewhere', params: known }
  return { code: 'dns-full-name', params: known }
}

/** `web-0.web`: a Pod's name is known below the Service that its subdomain names, and nowhere else. */
function explainPodName(
  world: World,
  [first = '', second]: readonly string[],
  { own, isService }: { readonly own: string | undefined; readonly isService: boolean },
  params: Params,
): Explanation | undefined {
  const pod = world.objects.pods().find(({ metadata }) => metadata?.name === first && metadata.namespace === own)
  if (pod === undefined) return undefined
  const { subdomain } = pod.spec ?? {}
  if (subdomain === undefined && isService) return undefined
  if (subdomain === undefined) return { code: 'dns-pod-name', params: { ...params, pod: first } }
  if (subdomain === second) return undefined
  return { code: 'dns-pod-subdomain', params: { ...params, pod: first, subdomain } }
}

function explainSimilar(world: World, labels: readonly string[], own: string | undefined, params: Params): Explanation {
  const [first = ''] = labels
  if (labels.length > 5 || (labels.length > 2 && labels[2] !== 'svc')) return notFound(params)
  const namespace = labels[1] ?? own ?? ''
  const meant = labels.length === 1 || labels[2] === 'svc'
  if (world.objects.namespace(namespace) === undefined) {
    const near = world.objects.namespaces().find(({ metadata }) => isNear(namespace, metadata?.name ?? ''))
    if (near !== undefined)
      return { code: 'dns-similar-namespace', params: { ...params, namespace, similar: near.metadata?.name ?? '' } }
    return meant ? { code: 'dns-no-namespace', params: { ...params, namespace } } : notFound(params)
  }
  const near = world.objects
    .services()
    .filter(({ metadata }) => metadata?.namespace === namespace)
    .find(({ metadata }) => isNear(first, metadata?.name ?? ''))
  if (near !== undefined)
    return { code: 'dns-similar-service', params: { ...params, service: near.metadata?.name ?? '' } }
  return { code: 'dns-no-service', params: { ...params, service: first, namespace } }
}

/** One letter more, less or other, or two changed places; an added `s` or `-svc` counts too. */
function isNear(a: string, b: string): boolean {
  if (a.length < 2 || b.length < 2) return false
  if (a.startsWith(`${b}-`) || b.startsWith(`${a}-`)) return true
  if (Math.abs(a.length - b.length) > 1) return false
  let start = 0
  while (start < a.length && a[start] === b[start]) start += 1
  const [restA, restB] = [a.slice(start), b.slice(start)]
  const swapped =
    restA.length > 1 && restA[0] === restB[1] && restA[1] === restB[0] && restA.slice(2) === restB.slice(2)
  return swapped || restA.slice(1) === restB.slice(1) || restA === restB.slice(1) || restA.slice(1) === restB
}
