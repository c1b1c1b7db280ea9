import { nameOf, namespaceOf } from '../controllers/metadata.ts'
import { no, type Said, yes } from './conditions.ts'
import type { Gateway, GatewayClass, ProxySettings } from './objects.ts'

const KIND = 'NginxProxy'
const PATH = 'spec.parametersRef'

/** What is said of a class that names settings; it is accepted whatever becomes of them (state/graph/gatewayclass.go). */
export function classParameters({ spec }: GatewayClass, known: readonly ProxySettings[]): readonly Said[] {
  const reference = spec.parametersRef
  if (reference === undefined) return []
  const wrong: string[] = []
  if (reference.kind !== KIND)
    wrong.push(`${PATH}.kind: Unsupported value: ${JSON.stringify(reference.kind ?? '')}: supported values: "${KIND}"`)
  if (reference.namespace === undefined)
    wrong.push(`${PATH}.namespace: Required value: ParametersRef must specify Namespace`)
  if (wrong.length > 0) return refused('GatewayClass', 'ParametersRefInvalid', aggregate(wrong), aggregate(wrong))
  return judged('GatewayClass', PATH, reference.name, reference.namespace ?? '', known)
}

/** The same for a Gateway, whose settings stand in its own namespace (state/graph/gateway.go). */
export function gatewayParameters(gateway: Gateway, known: readonly ProxySettings[]): readonly Said[] {
  const reference = gateway.spec.infrastructure?.parametersRef
  if (reference === undefined) return []
  const path = 'spec.infrastructure.parametersRef'
  if (reference.kind === KIND) return judged('Gateway', path, reference.name, namespaceOf(gateway), known)
  const wrong = `${path}.kind: Unsupported value: ${JSON.stringify(reference.kind ?? '')}: supported values: "${KIND}"`
  return refused('Gateway', 'ParametersRefInvalid', wrong, wrong)
}

function judged(
  about: 'GatewayClass' | 'Gateway',
  path: string,
  name: string,
  namespace: string,
  known: readonly ProxySettings[],
): readonly Said[] {
  if (known.some((one) => nameOf(one) === name && namespaceOf(one) === namespace))
    return [yes('ResolvedRefs', 'ParametersRef resource is resolved')]
  const why = `${path}.name: Not found: ${JSON.stringify(name)}`
  return refused(about, 'ParametersRefNotFound', 'ParametersRef resource could not be found', why)
}

const refused = (about: string, reason: string, message: string, why: string): readonly Said[] => [
  no('ResolvedRefs', reason, message),
  yes('Accepted', `${about} is accepted, but ParametersRef is ignored due to an error: ${why}`, 'InvalidParameters'),
]

const aggregate = (texts: readonly string[]): string =>
  texts.length === 1 ? (texts[0] ?? '') : `[${texts.join(', ')}]`
