import { type FieldError, field } from '../../api/field.ts'
import { portNameErrors, portNumberErrors } from '../../api/names.ts'
import type {
  IPBlock,
  NetworkPolicy,
  NetworkPolicyPeer,
  NetworkPolicyPort,
  NetworkPolicySpec,
} from '../../generated/types.ts'
import { cidrErrors, isStrictSubset } from '../validation/addresses.ts'
import { nameErrors } from '../validation/names.ts'
import { labelSelectorErrors } from '../validation/selectors.ts'

const PROTOCOLS = ['TCP', 'UDP', 'SCTP']
const TYPES = ['Ingress', 'Egress']

/** Everything that can be wrong with a NetworkPolicy (upstream: pkg/apis/networking/validation ValidateNetworkPolicy). */
export function validateNetworkPolicy({ spec = {} }: NetworkPolicy): readonly FieldError[] {
  return [
    ...labelSelectorErrors('spec.podSelector', spec.podSelector ?? {}),
    ...(spec.ingress ?? []).flatMap(({ ports, from }, index) => [
      ...portListErrors(`spec.ingress[${index}]`, ports),
      ...peerListErrors(`spec.ingress[${index}].from`, from),
    ]),
    ...(spec.egress ?? []).flatMap(({ ports, to }, index) => [
      ...portListErrors(`spec.egress[${index}]`, ports),
      ...peerListErrors(`spec.egress[${index}].to`, to),
    ]),
    ...typeErrors(spec),
  ]
}

const portListErrors = (path: string, ports: readonly NetworkPolicyPort[] = []): readonly FieldError[] =>
  ports.flatMap((port, index) => portErrors(`${path}.ports[${index}]`, port))

const peerListErrors = (path: string, peers: readonly NetworkPolicyPeer[] = []): readonly FieldError[] =>
  peers.flatMap((peer, index) => peerErrors(`${path}[${index}]`, peer))

function portErrors(path: string, { protocol, port, endPort }: NetworkPolicyPort): readonly FieldError[] {
  const errors: FieldError[] = []
  if (protocol !== undefined && !PROTOCOLS.includes(protocol))
    errors.push(field.notSupported(`${path}.protocol`, protocol, PROTOCOLS))
  if (typeof port === 'number') {
    errors.push(...portNumberErrors(port).map((detail) => field.invalid(`${path}.port`, port, detail)))
    if (endPort !== undefined) {
      if (endPort < port) errors.push(field.invalid(`${path}.endPort`, port, 'must be greater than or equal to `port`'))
      errors.push(...portNumberErrors(endPort).map((detail) => field.invalid(`${path}.endPort`, endPort, detail)))
    }
    return errors
  }
  if (endPort !== undefined) {
    const state = port === undefined ? 'not specified' : 'non-numeric'
    errors.push(field.invalid(`${path}.endPort`, endPort, `may not be specified when \`port\` is ${state}`))
  }
  return port === undefined ? errors : [...errors, ...nameErrors(`${path}.port`, port, portNameErrors)]
}

function peerErrors(
  path: string,
  { podSelector, namespaceSelector, ipBlock }: NetworkPolicyPeer,
): readonly FieldError[] {
  const errors = [
    ...(podSelector ? labelSelectorErrors(`${path}.podSelector`, podSelector) : []),
    ...(namespaceSelector ? labelSelectorErrors(`${path}.namespaceSelector`, namespaceSelector) : []),
    ...(ipBlock ? ipBlockErrors(`${path}.ipBlock`, ipBlock) : []),
  ]
  if (!podSelector && !namespaceSelector && !ipBlock) return [field.required(path, 'must specify a peer')]
  if (ipBlock && (podSelector || namespaceSelector))
    return [...errors, field.forbidden(path, 'may not specify both ipBlock and another peer')]
  return errors
}

function ipBlockErrors(path: string, { cidr, except = [] }: IPBlock): readonly FieldError[] {
  if (!cidr) return [field.required(`${path}.cidr`)]
  const errors = [...cidrErrors(`${path}.cidr`, cidr)]
  if (errors.length > 0) return errors
  for (const [index, part] of except.entries()) {
    const partPath = `${path}.except[${index}]`
    errors.push(...cidrErrors(partPath, part))
    if (isStrictSubset(part, cidr) === false)
      errors.push(field.invalid(partPath, part, 'must be a strict subset of `cidr`'))
  }
  return errors
}

function typeErrors({ policyTypes = [] }: NetworkPolicySpec): readonly FieldError[] {
  if (policyTypes.length > TYPES.length)
    return [field.invalid('spec.policyTypes', policyTypes, 'may not specify more than two policyTypes')]
  return policyTypes.flatMap((type, index) =>
    TYPES.includes(type) ? [] : [field.notSupported(`spec.policyTypes[${index}]`, type, TYPES)],
  )
}
