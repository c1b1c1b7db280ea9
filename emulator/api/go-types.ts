/** Names of Go types, which only type errors show: `json: cannot unmarshal … of type v1.ServiceType`. */
import type { FieldSchema } from './schema.ts'
import { modelOf } from './schema.ts'

/** String fields whose Go type has a name, by `Struct.field`. */
const NAMED_STRINGS = new Map([
  ['Container.imagePullPolicy', 'v1.PullPolicy'],
  ['Container.terminationMessagePolicy', 'v1.TerminationMessagePolicy'],
  ['ContainerPort.protocol', 'v1.Protocol'],
  ['DeploymentStrategy.type', 'v1.DeploymentStrategyType'],
  ['EndpointSlice.addressType', 'v1.AddressType'],
  ['HTTPGetAction.scheme', 'v1.URIScheme'],
  ['HTTPIngressPath.pathType', 'v1.PathType'],
  ['LabelSelectorRequirement.operator', 'v1.LabelSelectorOperator'],
  ['NetworkPolicyPort.protocol', 'v1.Protocol'],
  ['NetworkPolicySpec.policyTypes', 'v1.PolicyType'],
  ['NodeSelectorRequirement.operator', 'v1.NodeSelectorOperator'],
  ['ObjectMeta.uid', 'types.UID'],
  ['OwnerReference.uid', 'types.UID'],
  ['PersistentVolumeClaimSpec.accessModes', 'v1.PersistentVolumeAccessMode'],
  ['PodSpec.dnsPolicy', 'v1.DNSPolicy'],
  ['PodSpec.restartPolicy', 'v1.RestartPolicy'],
  ['Secret.type', 'v1.SecretType'],
  ['ServicePort.protocol', 'v1.Protocol'],
  ['ServiceSpec.externalTrafficPolicy', 'v1.ServiceExternalTrafficPolicy'],
  ['ServiceSpec.internalTrafficPolicy', 'v1.ServiceInternalTrafficPolicy'],
  ['ServiceSpec.ipFamilies', 'v1.IPFamily'],
  ['ServiceSpec.ipFamilyPolicy', 'v1.IPFamilyPolicy'],
  ['ServiceSpec.sessionAffinity', 'v1.ServiceAffinity'],
  ['ServiceSpec.type', 'v1.ServiceType'],
  ['Taint.effect', 'v1.TaintEffect'],
  ['Toleration.effect', 'v1.TaintEffect'],
  ['Toleration.operator', 'v1.TolerationOperator'],
])

/** Fields that hold a `resource.Quantity` or a map of them. */
const QUANTITIES = new Map([
  ['EmptyDirVolumeSource', ['sizeLimit']],
  ['LimitRangeItem', ['default', 'defaultRequest', 'max', 'maxLimitRequestRatio', 'min']],
  ['NodeStatus', ['allocatable', 'capacity']],
  ['PersistentVolumeClaimStatus', ['capacity', 'allocatedResources']],
  ['PersistentVolumeSpec', ['capacity']],
  ['PodSpec', ['overhead']],
  ['ResourceFieldSelector', ['divisor']],
  ['ResourceQuotaSpec', ['hard']],
  ['ResourceQuotaStatus', ['hard', 'used']],
  ['ResourceRequirements', ['limits', 'requests']],
  ['V2MetricTarget', ['averageValue', 'value']],
  ['V2MetricValueStatus', ['averageValue', 'value']],
  ['VolumeResourceRequirements', ['limits', 'requests']],
])

const SCALARS = new Map([
  ['boolean', 'bool'],
  ['Date', 'v1.Time'],
  ['IntOrString', 'intstr.IntOrString'],
  ['string', 'string'],
])

/** The Go name of a model's structure: `ServicePort`, `Event` for `CoreV1Event`, `MetricSpec` for `V2MetricSpec`. */
export function structName(model: string): string {
  return model.replace(/^(?:[A-Z][a-z]+)?V\d+(?=[A-Z])/, '')
}

/** The Go type of a field of `model`. */
export function goType(model: string, name: string, field: FieldSchema): string {
  if (QUANTITIES.get(model)?.includes(name)) return field.container === 'map' ? 'v1.ResourceList' : 'resource.Quantity'
  if (field.container === 'array') return `[]${element(model, name, field)}`
  if (field.container === 'map') return `map[string]${element(model, name, field)}`
  return element(model, name, field)
}

function element(model: string, name: string, field: FieldSchema): string {
  if (field.inner === 'array') return `[]${element(model, name, { type: field.type, doc: '' })}`
  if (modelOf(field.type))
    return `${/^(?:[A-Z][a-z]+)?(V\d+)(?=[A-Z])/.exec(field.type)?.[1]?.toLowerCase() ?? 'v1'}.${structName(field.type)}`
  if (field.type === 'number') return field.format === 'int32' || field.format === 'int64' ? field.format : 'float64'
  if (field.format === 'byte') return '[]uint8'
  if (field.type === 'Date' && field.format === 'micro-time') return 'v1.MicroTime'
  return NAMED_STRINGS.get(`${model}.${name}`) ?? SCALARS.get(field.type) ?? 'interface {}'
}

/** Does this field hold a `resource.Quantity`, or a map of them? */
export function isQuantity(model: string, name: string): boolean {
  return QUANTITIES.get(model)?.includes(name) ?? false
}
