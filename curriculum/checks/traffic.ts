/** Requests from one place meet what they meet in the solution's cluster: an answer and whose, a refusal, or silence. */
import { z } from 'zod'
import {
  type Cluster,
  decidingHop,
  type Exchange,
  type Outcome,
  type Place,
  readCertificate,
} from '../../emulator/index.ts'
import type { Localised } from '../types.ts'
import { defineCheck, inBoth, notFound, type Observation, PROBE_POD } from './check.ts'
import { podTitle, readService } from './read.ts'

const target = z.union([
  /** `through`: a Service whose load balancer address the URL's host stands for, as `curl --resolve` says it. */
  z.strictObject({
    url: z.union([z.string(), z.array(z.string()).min(1)]),
    through: z.strictObject({ service: z.string(), namespace: z.string() }).optional(),
  }),
  /** The Service's cluster IP, whatever it is. */
  z.strictObject({ clusterIP: z.string(), port: z.union([z.string(), z.number()]) }),
  /** Every node's address. */
  z.strictObject({ everyNode: z.union([z.string(), z.number()]) }),
])

const options = z.strictObject({
  /** `laptop`, a node's name, or `pod`: a Pod that the grader starts in the namespace, in its own copy of the cluster. */
  from: z.string(),
  namespace: z.string().default('default'),
  to: target,
  /** Requests per address; more where several Pods must have a chance to answer. */
  times: z.number().int().min(1).max(60).default(1),
  /** True where it belongs to the fact whether one Pod answers all requests. */
  samePod: z.boolean().default(false),
  /** A regular expression: what it finds first in an answer's body belongs to the fact. */
  body: z.string().optional(),
  /** True where it belongs to the fact which certificate an https address shows, and who signed it. */
  certificate: z.boolean().optional(),
})
type Options = z.infer<typeof options>

export const traffic = defineCheck({
  name: 'traffic',
  options,
  probeNamespace: ({ from, namespace }) => (from === 'pod' ? namespace : undefined),
  observe(given, cluster: Cluster): Observation {
    const from: Place =
      given.from === 'pod'
        ? { kind: 'pod', namespace: given.namespace, name: PROBE_POD }
        : { kind: 'machine', name: given.from }
    const results = addresses(given, cluster).map(({ title, url }) => probe(cluster, given, from, title, url))
    const failed = results.find(({ last }) => last?.outcome !== 'answered')
    const shown = failed?.last ?? results.at(-1)?.last
    const hop = failed?.last && decidingHop(failed.last.trace)
    return {
      facts: results.map(({ fact }) => fact),
      ...(shown && { trace: shown.trace }),
      ...(hop && { hop }),
      ...('clusterIP' in given.to && { absent: notFound('Service', given.to.clusterIP, given.namespace) }),
    }
  },
})

function addresses(
  { to, namespace }: Options,
  cluster: Cluster,
): readonly { readonly title: string; readonly url: string }[] {
  if ('url' in to) return [to.url].flat().map((url) => ({ title: url.replace(/^http:\/\//, ''), url }))
  if ('everyNode' in to)
    return cluster.machines
      .filter((machine) => machine.role !== 'laptop')
      .map((machine) => ({
        title: `${machine.address}:${to.everyNode}`,
        url: `http://${machine.address}:${to.everyNode}/`,
      }))
  const address = readService(cluster, namespace, to.clusterIP)?.spec?.clusterIP
  if (address === undefined) return []
  return [{ title: `ClusterIP ${to.clusterIP}:${to.port}`, url: `http://${address}:${to.port}/` }]
}

function probe(
  cluster: Cluster,
  { times, from: fromName, to, body, samePod, certificate }: Options,
  from: Place,
  title: string,
  url: string,
): { readonly fact: Localised; readonly last: Exchange | undefined } {
  const resolve = resolution(cluster, to, url)
  if (resolve === undefined) {
    const fact = { ko: `${fromName} → ${title}: ${noAddress.ko}`, en: `${fromName} → ${title}: ${noAddress.en}` }
    return { fact, last: undefined }
  }
  const seen = new Map<string, Localised>()
  const pods = new Set<string>()
  let last: Exchange | undefined
  for (let i = 0; i < times; i++) {
    last = cluster.network.fetch(from, url, { resolve })
    const met = describe(cluster, last, body)
    seen.set(met.en, met)
    const shown = certificate ? shownCertificate(last) : undefined
    if (shown !== undefined) seen.set(shown.en, shown)
    pods.add(answeringPod(last)?.name ?? '')
    if (last.outcome !== 'answered') break
  }
  const sorted = [...seen.values()].sort((a, b) => (a.en < b.en ? -1 : 1))
  const met = samePod && last?.outcome === 'answered' ? [...sorted, pods.size === 1 ? onePod : severalPods] : sorted
  const line = (language: keyof Localised): string =>
    `${fromName} → ${title}: ${met.map((one) => one[language]).join(', ')}`
  return { fact: { ko: line('ko'), en: line('en') }, last }
}

/** The URL's host and port at the address of the Service's load balancer, for `fetch`; undefined if it has none. */
function resolution(
  cluster: Cluster,
  to: Options['to'],
  url: string,
): { readonly [hostAndPort: string]: string } | undefined {
  if (!('url' in to) || to.through === undefined) return {}
  const status = readService(cluster, to.through.namespace, to.through.service)?.status
  const { hostname, port, protocol } = new URL(url)
  const address = status?.loadBalancer?.ingress?.[0]?.ip
  return address === undefined ? undefined : { [`${hostname}:${port || (protocol === 'https:' ? 443 : 80)}`]: address }
}

/** What stands for the answer where there is nothing to send the request to. */
const noAddress: Localised = { ko: '로드 밸런서 주소 없음', en: 'no load balancer address' }

/** What a request that nobody answered met. */
const silence: { readonly [outcome in Exclude<Outcome, 'answered'>]: Localised } = {
  refused: { ko: '거부됨', en: 'refused' },
  'timed-out': { ko: '시간 초과', en: 'timed out' },
  unreachable: { ko: '갈 길이 없음', en: 'unreachable' },
  unresolved: { ko: '이름을 찾지 못함', en: 'name not resolved' },
}

function describe(cluster: Cluster, exchange: Exchange, body: string | undefined): Localised {
  if (exchange.outcome !== 'answered') return silence[exchange.outcome]
  const pod = answeringPod(exchange)
  const text = body === undefined ? undefined : new RegExp(body).exec(exchange.response?.body ?? '')?.[0]
  const status = [exchange.response?.status ?? 'connected', ...(text === undefined ? [] : [`“${text.trim()}”`])].join(
    ' ',
  )
  return inBoth(pod === undefined ? `${status}` : `${status} ${podTitle(cluster, pod.namespace, pod.name)}`)
}

/** Whom the certificate names, and who signed it; nothing where there was none. */
function shownCertificate({ certificate }: Exchange): Localised | undefined {
  const read = readCertificate(certificate ?? '')
  if (read === undefined) return undefined
  const [subject, issuer] = [read.subject, read.issuer].map((name) => name.find(([type]) => type === 'CN')?.[1] ?? '–')
  return { ko: `인증서 “${subject}”(서명: ${issuer})`, en: `certificate “${subject}”, signed by ${issuer}` }
}

const onePod: Localised = { ko: '매번 같은 파드', en: 'the same Pod every time' }
const severalPods: Localised = { ko: '여러 파드', en: 'several Pods' }

function answeringPod({ trace }: Exchange): { readonly namespace: string; readonly name: string } | undefined {
  // A proxy in front answers after the one behind it, so the first to answer is whose answer it is.
  const by = (
    trace.hops.find(({ code }) => code === 'http-answered') ??
    trace.hops.findLast(({ subject }) => subject.kind === 'pod' || subject.kind === 'container')
  )?.subject
  if (by?.kind === 'container') return { namespace: by.namespace, name: by.pod }
  return by?.kind === 'pod' ? by : undefined
}
