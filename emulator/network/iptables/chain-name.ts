import { sha256 } from '../../api/sha256.ts'
import type { Service, ServicePort } from '../../generated/types.ts'

const BASE32 = 'ABCDEFGHIJKLMNOPQRSTUVWXYZ234567'
const HASH_LENGTH = 16

/** `KUBE-SVC-…` of one Service port: `servicePort` is `namespace/name:port` (upstream: pkg/proxy/iptables portProtoHash). */
export function serviceChain(prefix: 'SVC' | 'SVL' | 'EXT' | 'FW', servicePort: string, protocol: string): string {
  return `KUBE-${prefix}-${hash(servicePort + protocol)}`
}

/** `KUBE-SEP-…` of one endpoint of a Service port. */
export function endpointChain(servicePort: string, protocol: string, endpoint: string): string {
  return `KUBE-SEP-${hash(servicePort + protocol + endpoint)}`
}

/** The chains of one Service port; `name` is `namespace/name:port`. */
export interface ChainNames {
  readonly name: string
  readonly protocol: string
  readonly svc: string
  readonly svl: string
  readonly ext: string
  readonly fw: string
}

export function chainNames(
  { metadata }: Service,
  { name: portName, protocol: upper = 'TCP' }: ServicePort,
): ChainNames {
  const base = `${metadata?.namespace ?? ''}/${metadata?.name ?? ''}`
  const name = portName ? `${base}:${portName}` : base
  const protocol = upper.toLowerCase()
  const chain = (prefix: Parameters<typeof serviceChain>[0]): string => serviceChain(prefix, name, protocol)
  return { name, protocol, svc: chain('SVC'), svl: chain('SVL'), ext: chain('EXT'), fw: chain('FW') }
}

/** The first sixteen characters of the SHA-256 in base 32. */
function hash(text: string): string {
  let bits = ''
  for (const byte of sha256(text)) bits += byte.toString(2).padStart(8, '0')
  return Array.from(
    { length: HASH_LENGTH },
    (_, index) => BASE32[Number.parseInt(bits.slice(index * 5, index * 5 + 5), 2)],
  ).join('')
}
