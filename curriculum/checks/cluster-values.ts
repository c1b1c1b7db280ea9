/** What a cluster can be asked for when values differ from one to the next: addresses, names of Pods, chains of rules. */
import { z } from 'zod'
import {
  type Cluster,
  findResults,
  type JsonValue,
  type Kube,
  type KubeObject,
  parseJsonPath,
} from '../../emulator/index.ts'
import type { Localised } from '../types.ts'
import { inBoth } from './check.ts'
import { listObjects, readObject, readService } from './read.ts'

const service = { service: z.string(), namespace: z.string().default('default') }

export const valuesSchema = z.union([
  /** What kubectl's JSONPath finds in an object: `{.spec.clusterIP}`. */
  z.strictObject({
    field: z.string(),
    kind: z.string(),
    name: z.string(),
    namespace: z.string().default('default'),
  }),
  /** All addresses of the Service's ready endpoints. */
  z.strictObject({ endpoints: z.strictObject(service) }),
  /** The same with the port that a port of the Service leads to: `10.244.1.2:8080`. */
  z.strictObject({ targets: z.strictObject({ ...service, port: z.string() }) }),
  /** An answer that names one Pod behind the Service. */
  z.strictObject({ answerOf: z.strictObject(service) }),
  /** The chain of a node's rules to which packets for the cluster IP and this port jump. */
  z.strictObject({ chain: z.strictObject({ ...service, port: z.number().or(z.string()), on: z.string() }) }),
])
type Asked = z.infer<typeof valuesSchema>
type OfService = z.infer<z.ZodObject<typeof service>>

interface Values {
  readonly title: Localised
  /** Are these the lines, whatever their order? */
  readonly accepts: (lines: readonly string[]) => boolean
}

/** What is asked for, as it is in this cluster. */
export function clusterValues(cluster: Cluster, of: Asked): Values {
  if ('field' in of) {
    const object = readObject(cluster, of.kind, of.namespace, of.name)
    return { title: inBoth(`${of.kind} ${of.name} ${of.field}`), accepts: are(found(object, of.field)) }
  }
  if ('endpoints' in of) {
    const addresses = readyEndpoints(cluster, of.endpoints).map(({ address }) => address)
    return { title: counted(addresses.length, of.endpoints.service), accepts: are(addresses) }
  }
  if ('targets' in of) {
    const targets = readyEndpoints(cluster, of.targets).flatMap(({ address, ports }) =>
      ports.filter(({ name }) => (name ?? '') === of.targets.port).map(({ port }) => `${address}:${port}`),
    )
    return { title: counted(targets.length, `${of.targets.service}:${of.targets.port}`), accepts: are(targets) }
  }
  if ('chain' in of) {
    const { service, port, on } = of.chain
    return { title: inBoth(`${on}: KUBE-SVC ${service}:${port}`), accepts: are(chainsOf(cluster, of.chain)) }
  }
  const pods = readyEndpoints(cluster, of.answerOf).flatMap(({ pod }) => pod ?? [])
  const title = { ko: `Service ${of.answerOf.service} 뒤의 파드`, en: `a Pod behind Service ${of.answerOf.service}` }
  return { title, accepts: (lines) => pods.some((pod) => lines.some((line) => line.includes(pod))) }
}

function found(object: KubeObject | undefined, path: string): readonly string[] {
  if (object === undefined) return []
  const plain = JSON.parse(JSON.stringify(object)) as JsonValue
  const results = findResults(parseJsonPath(path), plain, { allowMissing: true })
  return results.flat().map((value) => (typeof value === 'string' ? value : JSON.stringify(value)))
}

/** Never true of nothing: an object that is not there has no values to write down. */
const are =
  (wanted: readonly string[]): Values['accepts'] =>
  (lines) =>
    wanted.length > 0 && lines.toSorted().join('\n') === wanted.toSorted().join('\n')

const counted = (number: number, service: string): Localised => ({
  ko: `Service ${service} 엔드포인트 ${number}개`,
  en: `Service ${service}, endpoints: ${number}`,
})

function readyEndpoints(cluster: Cluster, { service, namespace }: OfService) {
  const slices = listObjects<Kube.EndpointSlice>(
    cluster,
    'EndpointSlice',
    namespace,
    `kubernetes.io/service-name=${service}`,
  )
  return slices.flatMap(({ endpoints, ports }) =>
    (endpoints ?? [])
      .filter(({ conditions }) => conditions?.ready !== false)
      .map(({ addresses, targetRef }) => ({ address: addresses[0] ?? '', pod: targetRef?.name, ports: ports ?? [] })),
  )
}

function chainsOf(
  cluster: Cluster,
  { service, namespace, port, on }: OfService & { port: number | string; on: string },
) {
  const address = readService(cluster, namespace, service)?.spec?.clusterIP
  const rules = cluster.network
    .netfilter(on)
    .filter(({ name }) => name === 'nat')
    .flatMap(({ chains }) => chains)
    .filter(({ name }) => name === 'KUBE-SERVICES')
    .flatMap((chain) => chain.rules)
  return rules
    .filter(({ destination }) => destination === `${address}/32`)
    .filter(({ matches }) => matches.some(({ save }) => save.split(' ').at(-1) === String(port)))
    .flatMap(({ target }) => target ?? [])
}
