import type { JsonValue, KubeObject } from '../../../emulator/index.ts'
import { Discovery } from '../api/discovery.ts'
import { defineSubcommand, type Invocation } from '../cli/subcommand.ts'
import { ApiError, KubectlError, throwAll } from '../errors.ts'
import { PRINT_FLAGS } from '../print/output.ts'
import { fetchInfos, type Info } from '../resources/fetch.ts'
import { parseLabelList } from '../resources/labels.ts'
import { manifestOf } from '../resources/manifests.ts'
import { createObject, DRY_RUN_FLAG, fieldManagerFlag, resultPrinter, SAVE_CONFIG_FLAG } from '../resources/mutation.ts'
import { overridden } from '../resources/overrides.ts'
import { FILE_FLAGS, select } from '../resources/selection.ts'

export const expose = defineSubcommand({
  name: 'expose',
  group: 'Basic Commands (Beginner):',
  summary: 'Take a replication controller, service, deployment or pod and expose it as a new Kubernetes service',
  long: 'Expose a resource as a new Kubernetes service.\n\n The selector of a deployment, service, replica set, replication controller or pod becomes the selector of a new service on the port given. Without --port the ports of the resource are used, without --labels its labels.\n\n Possible resources include (case insensitive):\n\n pod (po), service (svc), replicationcontroller (rc), deployment (deploy), replicaset (rs)',
  examples: [
    '# A service for a deployment: port 80, containers listen on 8000',
    'kubectl expose deployment web --port=80 --target-port=8000',
    '',
    '# A service for a pod under another name, reachable on every node',
    'kubectl expose pod web --port=80 --name=frontend --type=NodePort',
  ],
  usage:
    '(-f FILENAME | TYPE NAME) [--port=port] [--protocol=TCP|UDP|SCTP] [--target-port=number-or-name] [--name=name] [--external-ip=external-ip-of-service] [--type=type]',
  completes: { types: ['deployment', 'pod', 'replicaset', 'replicationcontroller', 'service'] },
  flags: {
    ...FILE_FLAGS,
    ...PRINT_FLAGS,
    ...DRY_RUN_FLAG,
    ...SAVE_CONFIG_FLAG,
    ...fieldManagerFlag('kubectl-expose'),
    'cluster-ip': { kind: 'string', default: '', summary: "Cluster IP of the service; 'None' makes it headless." },
    'external-ip': { kind: 'string', default: '', summary: 'Further address that the service answers on.' },
    labels: { kind: 'string', shorthand: 'l', default: '', summary: 'Labels of the service.' },
    'load-balancer-ip': { kind: 'string', default: '', summary: 'Address of the load balancer.' },
    name: { kind: 'string', default: '', summary: 'Name of the service.' },
    'override-type': {
      kind: 'string',
      default: 'merge',
      summary: 'How --overrides applies: json, merge or strategic.',
    },
    overrides: { kind: 'string', default: '', summary: 'JSON to lay over the generated object.' },
    port: {
      kind: 'string',
      default: '',
      summary: 'Port that the service serves on; copied from the resource if absent.',
    },
    protocol: { kind: 'string', default: '', summary: 'Protocol of the port: TCP (default), UDP or SCTP.' },
    selector: { kind: 'string', default: '', summary: 'Label selector of the service, in equality form.' },
    'session-affinity': { kind: 'string', default: '', summary: "'None' or 'ClientIP'.", values: ['None', 'ClientIP'] },
    'target-port': { kind: 'string', default: '', summary: 'Name or number of the port on the container.' },
    type: {
      kind: 'string',
      default: '',
      summary: 'ClusterIP (default), NodePort, LoadBalancer or ExternalName.',
    },
  },
  run: async (invocation) => {
    const selection = await select(invocation, { ignoreSelector: true })
    const { infos, errors } = fetchInfos(invocation.api, selection)
    const print = await resultPrinter(invocation, { built: true })
    const failures: Error[] = []
    const type = new Discovery(invocation.api).resolve('services')
    for (const info of infos) {
      try {
        const manifest = manifestOf(type, serviceFor(invocation, info), invocation.namespace)
        print(type, createObject(invocation, manifest, manifest.object), 'exposed')
      } catch (error) {
        if (!(error instanceof ApiError) && !(error instanceof KubectlError)) throw error
        failures.push(error)
      }
    }
    throwAll([...failures, ...errors])
    return 0
  },
})

type Fields = { readonly [field: string]: JsonValue }
interface Port {
  readonly containerPort?: number
  readonly port?: number
  readonly protocol?: string
}

/** The Service for one object (upstream: expose.go, createService). Throws KubectlError. */
function serviceFor(invocation: Invocation, { object, type }: Info): Fields {
  const { flags } = invocation
  if (!(type.kind in PORTS)) throw new KubectlError(`cannot expose a ${type.kind}`)
  const name = (flags.optional('name') ?? object.metadata?.name ?? '').slice(0, 63)
  const selector = flags.optional('selector')
    ? parseLabelList(flags.string('selector'))
    : introspectedSelector(object, type.kind)
  const ports = portsFor(flags, object, type.kind)
  const labels = flags.optional('labels') ? parseLabelList(flags.string('labels')) : object.metadata?.labels
  const option = (flag: string, field: string) => (flags.optional(flag) ? { [field]: flags.string(flag) } : {})
  const affinity = flags.optional('session-affinity')
  if (affinity !== undefined && affinity !== 'None' && affinity !== 'ClientIP')
    throw new KubectlError(`unknown session affinity: ${affinity}`)
  const spec: Fields = {
    ...(ports.length > 0 && { ports: ports as JsonValue }),
    selector,
    ...option('type', 'type'),
    ...option('cluster-ip', 'clusterIP'),
    ...option('session-affinity', 'sessionAffinity'),
    ...(flags.string('type') === 'LoadBalancer' && option('load-balancer-ip', 'loadBalancerIP')),
    ...(flags.optional('external-ip') && { externalIPs: [flags.string('external-ip')] }),
  }
  const service: Fields = {
    metadata: { ...(labels && Object.keys(labels).length > 0 && { labels: { ...labels } }), name },
    spec,
    status: { loadBalancer: {} },
  }
  return overridden(invocation, { apiVersion: 'v1', kind: 'Service', ...service })
}

interface PodSpecHolder {
  readonly spec?: { readonly containers?: readonly { readonly ports?: readonly Port[] }[] }
}
const podPorts = (holder: PodSpecHolder | undefined) => (holder?.spec?.containers ?? []).flatMap((c) => c.ports ?? [])
const templatePorts = (object: KubeObject) =>
  podPorts((object as { spec?: { template?: PodSpecHolder } }).spec?.template)
const PORTS: { readonly [kind: string]: (object: KubeObject) => readonly Port[] } = {
  Pod: (object) => podPorts(object as PodSpecHolder),
  Service: (object) => (object as { spec?: { ports?: readonly Port[] } }).spec?.ports ?? [],
  Deployment: templatePorts,
  ReplicaSet: templatePorts,
  ReplicationController: templatePorts,
}

function introspectedSelector(object: KubeObject, kind: string): { readonly [key: string]: string } {
  const failed = (why: string) =>
    new KubectlError(`couldn't retrieve selectors via --selector flag or introspection: ${why}`)
  if (kind === 'Pod') {
    const { labels } = object.metadata ?? {}
    if (!labels || Object.keys(labels).length === 0) throw failed('the pod has no labels and cannot be exposed')
    return labels
  }
  const { selector } =
    (
      object as {
        spec?: { selector?: { matchLabels?: { [key: string]: string }; matchExpressions?: readonly object[] } }
      }
    ).spec ?? {}
  if (kind === 'Service' || kind === 'ReplicationController') {
    if (!selector)
      throw failed(
        kind === 'Service' ? 'the service has no pod selector set' : 'the replication controller has no selector',
      )
    return selector as { [key: string]: string }
  }
  if (selector?.matchExpressions?.length)
    throw failed(
      `couldn't convert expressions - "${JSON.stringify(selector.matchExpressions)}" to map-based selector format`,
    )
  return selector?.matchLabels ?? {}
}

function portsFor(flags: Invocation['flags'], object: KubeObject, kind: string): readonly Fields[] {
  const own = (PORTS[kind]?.(object) ?? []).map((p) => ({
    number: p.containerPort ?? p.port ?? 0,
    protocol: p.protocol ?? 'TCP',
  }))
  const wanted = flags.optional('port')?.split(',') ?? own.map((p) => String(p.number))
  if (wanted.length === 0) {
    if (flags.string('cluster-ip') === 'None') return []
    throw new KubectlError("couldn't find port via --port flag or introspection")
  }
  const target = flags.optional('target-port')
  return wanted.map((text, i) => {
    if (!/^[+-]?\d+$/.test(text))
      throw new KubectlError(`strconv.Atoi: parsing ${JSON.stringify(text)}: invalid syntax`)
    const port = Number(text)
    const protocol = flags.optional('protocol') ?? own.find((p) => p.number === port)?.protocol ?? 'TCP'
    return {
      ...(wanted.length > 1 && { name: `port-${i + 1}` }),
      port,
      protocol,
      targetPort: target === undefined ? port : /^\d+$/.test(target) ? Number(target) : target,
    }
  })
}
