import type { FlagDefinitions } from '../cli/flags.ts'
import { parseInteger } from '../cli/numbers.ts'
import { defineSubcommand, type Invocation } from '../cli/subcommand.ts'
import { KubectlError } from '../errors.ts'
import { defineGenerator, type Fields, type Generator } from './generate.ts'

const TCP: FlagDefinitions = {
  tcp: { kind: 'stringSlice', default: [], summary: 'Port pairs, written <port>:<targetPort>; may be repeated.' },
}

const SERVICE = { resource: 'services' } as const

const clusterip = typed({
  name: 'clusterip',
  summary: 'Create a ClusterIP service',
  usage: 'NAME [--tcp=<port>:<targetPort>] [--dry-run=server|client|none]',
  examples: [
    '# A service with one port',
    'kubectl create service clusterip web --tcp=5678:8080',
    '',
    '# A headless service',
    'kubectl create service clusterip db --clusterip="None"',
  ],
  flags: {
    ...TCP,
    clusterip: { kind: 'string', default: '', summary: "Fixed cluster IP; 'None' makes the service headless." },
  },
  failure: 'failed to create ClusterIP service',
  build: (name, invocation) => {
    const clusterIP = invocation.flags.optional('clusterip')
    return service(name, 'ClusterIP', {
      ...portsOf(invocation, clusterIP !== 'None'),
      ...(clusterIP && { clusterIP }),
    })
  },
})

const nodeport = typed({
  name: 'nodeport',
  summary: 'Create a NodePort service',
  usage: 'NAME [--tcp=port:targetPort] [--dry-run=server|client|none]',
  examples: [
    '# A service that every node answers for',
    'kubectl create service nodeport web --tcp=80:8080 --node-port=30080',
  ],
  flags: { ...TCP, 'node-port': { kind: 'int', default: 0, summary: 'Port on every node, 30000-32767.' } },
  failure: 'failed to create NodePort service',
  build: (name, invocation) =>
    service(name, 'NodePort', portsOf(invocation, true, invocation.flags.number('node-port'))),
})

const loadbalancer = typed({
  name: 'loadbalancer',
  summary: 'Create a LoadBalancer service',
  usage: 'NAME [--tcp=port:targetPort] [--dry-run=server|client|none]',
  examples: ['# A service with an address of its own', 'kubectl create service loadbalancer web --tcp=80:8080'],
  flags: TCP,
  failure: 'failed to create LoadBalancer service',
  build: (name, invocation) => service(name, 'LoadBalancer', portsOf(invocation, true)),
})

const externalname = typed({
  name: 'externalname',
  summary: 'Create an ExternalName service',
  usage: 'NAME --external-name external.name [--dry-run=server|client|none]',
  examples: [
    '# A name for a host outside the cluster',
    'kubectl create service externalname db --external-name db.example.com',
  ],
  flags: {
    ...TCP,
    'external-name': { kind: 'string', default: '', summary: 'Name that the service stands for.', required: true },
  },
  failure: 'failed to create ExternalName service',
  build: (name, invocation) => {
    const externalName = invocation.flags.string('external-name')
    if (!/^[a-z0-9]([-a-z0-9]*[a-z0-9])?(\.[a-z0-9]([-a-z0-9]*[a-z0-9])?)*$/.test(externalName))
      throw new KubectlError(`invalid service external name ${externalName}`)
    return service(name, 'ExternalName', { externalName, ...portsOf(invocation, false) })
  },
})

/** `kubectl create service …` */
export const createService = defineSubcommand({
  name: 'service',
  aliases: ['svc'],
  summary: 'Create a service using a specified subcommand',
  subcommands: [clusterip, nodeport, loadbalancer, externalname],
})

function typed(generator: Omit<Generator, 'resource'>) {
  return defineGenerator({ ...SERVICE, ...generator })
}

function service(name: string, type: string, spec: Fields): Fields {
  return {
    metadata: { labels: { app: name }, name },
    spec: { ...spec, selector: { app: name }, type },
    status: { loadBalancer: {} },
  }
}

/** Ports named after what was typed: `80-8080` (upstream: create_service.go, parsePorts). Throws KubectlError. */
function portsOf({ flags }: Invocation, required: boolean, nodePort = 0): Fields {
  const specs = flags.list('tcp')
  if (specs.length === 0 && required) throw new KubectlError('at least one tcp port specifier must be provided')
  if (specs.length === 0) return {}
  const ports = specs.map((spec) => {
    const [port, target] = parsePorts(spec)
    return {
      name: spec.replaceAll(':', '-'),
      port,
      protocol: 'TCP',
      targetPort: target,
      ...(nodePort !== 0 && { nodePort }),
    }
  })
  return { ports }
}

function parsePorts(spec: string): readonly [number, number | string] {
  const [first = '', second] = spec.split(':')
  const port = portNumber(first)
  if (second === undefined) return [port, port]
  if (/^[+-]?\d+$/.test(second)) return [port, portNumber(second)]
  if (!/^(?=.*[a-z])[a-z0-9]+(-[a-z0-9]+)*$/.test(second) || second.length > 15)
    throw new KubectlError(
      second.length > 15
        ? 'must be no more than 15 characters'
        : 'must contain only alpha-numeric characters (a-z, 0-9), and hyphens (-)',
    )
  return [port, second]
}

/** strconv.ParseUint(text, 10, 16) with its texts. */
export function portNumber(text: string): number {
  if (!/^\d+$/.test(text)) throw new KubectlError(`strconv.ParseUint: parsing ${JSON.stringify(text)}: invalid syntax`)
  if (parseIntegerOr(text) > 65_535)
    throw new KubectlError(`strconv.ParseUint: parsing ${JSON.stringify(text)}: value out of range`)
  return Number(text)
}

function parseIntegerOr(text: string): number {
  try {
    return parseInteger(text, 64, 10)
  } catch {
    return Number.POSITIVE_INFINITY
  }
}
