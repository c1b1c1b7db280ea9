import { type FieldError, field } from '../../api/field.ts'
import { jsonEqual } from '../../api/json.ts'
import { dns1123LabelErrors, dns1123SubdomainErrors } from '../../api/names.ts'
import { parseQuantity } from '../../api/quantity.ts'
import type { PersistentVolume, PersistentVolumeSpec, SecretReference } from '../../generated/types.ts'
import { unifiedDiff } from '../format/unified-diff.ts'
import { nodeSelectorErrors } from '../pod/validate-affinity.ts'
import { accessModeErrors, volumeModeErrors } from '../storage/access-modes.ts'
import { noBackstepErrors } from '../storage/paths.ts'
import * as sources from '../storage/volume-sources.ts'
import { nameErrors } from '../validation/names.ts'
import { amountErrors } from '../validation/quantities.ts'
import { type SourceName, sourceOf } from './sources.ts'

type Errors = readonly FieldError[]

const RECLAIM_POLICIES = ['Delete', 'Recycle', 'Retain']

/** Everything that can be wrong with a volume (upstream: pkg/apis/core/validation ValidatePersistentVolume and its update). */
export function validatePersistentVolume(
  { metadata, spec = {} }: PersistentVolume,
  old: PersistentVolume | undefined,
): Errors {
  return [
    ...(spec.accessModes?.length ? accessModeErrors('spec.accessModes', spec.accessModes) : missing('accessModes')),
    ...capacityErrors(spec.capacity),
    ...policyErrors(spec.persistentVolumeReclaimPolicy),
    ...affinityErrors(spec.nodeAffinity),
    ...sourceErrors(spec, metadata?.name ?? ''),
    ...recycleErrors(spec),
    ...(spec.storageClassName
      ? nameErrors('spec.storageClassName', spec.storageClassName, dns1123SubdomainErrors)
      : []),
    ...volumeModeErrors('spec.volumeMode', spec.volumeMode),
    ...attributesErrors(spec),
    ...(old?.spec ? updateErrors(spec, old.spec) : []),
  ]
}

const missing = (name: string): Errors => [field.required(`spec.${name}`)]

function capacityErrors(capacity: PersistentVolumeSpec['capacity']): Errors {
  const names = Object.keys(capacity ?? {}).sort()
  const errors: FieldError[] = names.length === 0 ? [...missing('capacity')] : []
  if (names.length !== 1 || capacity?.storage === undefined)
    errors.push(field.notSupported('spec.capacity', capacity ?? null, ['storage']))
  return [...errors, ...names.flatMap((name) => sizeErrors(`spec.capacity[${name}]`, capacity?.[name]))]
}

/** Upstream: validateBasicResource, which prints whole units, then ValidatePositiveQuantityValue. */
function sizeErrors(path: string, text: string | undefined): Errors {
  const nano = parseQuantity(text ?? '')?.nano ?? 0n
  const whole = Number(nano / 1_000_000_000n)
  return [
    ...(whole < 0 ? [field.invalid(path, whole, 'must be a valid resource quantity')] : []),
    ...amountErrors(path, text, 'positive'),
  ]
}

function affinityErrors(affinity: PersistentVolumeSpec['nodeAffinity']): Errors {
  if (!affinity) return []
  const path = 'spec.nodeAffinity.required'
  return affinity.required
    ? nodeSelectorErrors(path, affinity.required)
    : [field.required(path, 'must specify required node constraints')]
}

function policyErrors(policy: string | undefined): Errors {
  if (!policy || RECLAIM_POLICIES.includes(policy)) return []
  return [field.notSupported('spec.persistentVolumeReclaimPolicy', policy, RECLAIM_POLICIES)]
}

type SourceRule = (path: string, spec: PersistentVolumeSpec, name: string) => Errors

const rule =
  <K extends SourceName>(
    key: K,
    check: (path: string, source: NonNullable<PersistentVolumeSpec[K]>, name: string) => Errors,
  ): SourceRule =>
  (path, spec, name) => {
    const source = spec[key]
    return source === undefined || source === null ? [] : check(path, source, name)
  }

/** Upstream's order of checking, with the paths of errors inside and of "more than 1" where they are not the field's. */
const RULES: readonly (readonly [name: SourceName, check: SourceRule, inner?: string, whole?: string])[] = [
  ['hostPath', rule('hostPath', sources.hostPathErrors)],
  ['gcePersistentDisk', rule('gcePersistentDisk', sources.gcePersistentDiskErrors), 'persistentDisk'],
  ['awsElasticBlockStore', rule('awsElasticBlockStore', sources.awsElasticBlockStoreErrors)],
  [
    'glusterfs',
    rule('glusterfs', (path, source) => [
      ...sources.glusterfsErrors(path, source),
      ...glusterfsNamespaceErrors(`${path}.endpointsNamespace`, source.endpointsNamespace),
    ]),
  ],
  ['flocker', rule('flocker', sources.flockerErrors)],
  ['nfs', rule('nfs', sources.nfsErrors)],
  ['rbd', rule('rbd', sources.rbdErrors)],
  ['quobyte', rule('quobyte', sources.quobyteErrors)],
  ['cephfs', rule('cephfs', sources.cephfsErrors), 'cephfs', 'cephFS'],
  ['iscsi', rule('iscsi', sources.iscsiErrors)],
  ['cinder', rule('cinder', (path, source) => sources.cinderErrors(path, source, true))],
  ['fc', rule('fc', sources.fcErrors)],
  ['flexVolume', rule('flexVolume', sources.flexVolumeErrors)],
  ['azureFile', rule('azureFile', sources.azureFileErrors)],
  ['vsphereVolume', rule('vsphereVolume', sources.vsphereVolumeErrors)],
  ['photonPersistentDisk', rule('photonPersistentDisk', sources.photonPersistentDiskErrors)],
  ['portworxVolume', rule('portworxVolume', sources.portworxVolumeErrors)],
  ['azureDisk', rule('azureDisk', sources.azureDiskErrors)],
  ['scaleIO', rule('scaleIO', sources.scaleIOErrors)],
  ['local', localErrors],
  ['storageos', rule('storageos', (path, source) => sources.storageosErrors(path, source, true))],
  ['csi', rule('csi', csiErrors)],
]

function sourceErrors(spec: PersistentVolumeSpec, volumeName: string): Errors {
  const present = RULES.filter(([name]) => spec[name] !== undefined)
  if (present.length === 0) return [field.required('spec', 'must specify a volume type')]
  return present.flatMap(([name, check, inner = name, whole = name], index) =>
    index === 0
      ? check(`spec.${inner}`, spec, volumeName)
      : [field.forbidden(`spec.${whole}`, 'may not specify more than 1 volume type')],
  )
}

function glusterfsNamespaceErrors(path: string, namespace: string | undefined): Errors {
  if (namespace === undefined) return []
  return namespace === ''
    ? [field.invalid(path, namespace, 'if the endpointnamespace is set, it must be a valid namespace name')]
    : nameErrors(path, namespace, dns1123LabelErrors)
}

function localErrors(path: string, { local, nodeAffinity }: PersistentVolumeSpec): Errors {
  if (!local) return []
  return [
    ...(local.path ? noBackstepErrors(`${path}.path`, local.path) : [field.required(`${path}.path`)]),
    ...(nodeAffinity ? [] : [field.required('spec.nodeAffinity', 'Local volume requires node affinity')]),
  ]
}

function recycleErrors({ hostPath, persistentVolumeReclaimPolicy: policy }: PersistentVolumeSpec): Errors {
  const root = hostPath !== undefined && /^(\/\.?)+$/.test(hostPath.path)
  return root && policy === 'Recycle'
    ? [field.forbidden('spec.persistentVolumeReclaimPolicy', "may not be 'recycle' for a hostPath mount of '/'")]
    : []
}

const CSI_SECRETS = [
  'controllerPublishSecretRef',
  'controllerExpandSecretRef',
  'nodePublishSecretRef',
  'nodeExpandSecretRef',
] as const

function csiErrors(path: string, csi: NonNullable<PersistentVolumeSpec['csi']>): Errors {
  return [
    ...sources.csiDriverNameErrors(`${path}.driver`, csi.driver),
    ...(csi.volumeHandle ? [] : [field.required(`${path}.volumeHandle`)]),
    ...CSI_SECRETS.flatMap((name) => secretReferenceErrors(`${path}.${name}`, csi[name])),
  ]
}

function secretReferenceErrors(path: string, secret: SecretReference | undefined): Errors {
  if (!secret) return []
  const { name, namespace } = secret
  return [
    ...(name ? nameErrors(`${path}.name`, name, dns1123SubdomainErrors) : [field.required(`${path}.name`)]),
    ...(namespace
      ? nameErrors(`${path}.namespace`, namespace, dns1123LabelErrors)
      : [field.required(`${path}.namespace`)]),
  ]
}

function attributesErrors({ volumeAttributesClassName: name, csi }: PersistentVolumeSpec): Errors {
  if (name === undefined) return []
  const path = 'spec.volumeAttributesClassName'
  return [
    ...(name === ''
      ? [field.required(path, 'an empty string is disallowed')]
      : nameErrors(path, name, dns1123SubdomainErrors)),
    ...(csi ? [] : [field.required('spec.csi', 'has to be specified when using volumeAttributesClassName')]),
  ]
}

/** Upstream leaves `spec` out of two of these paths. */
function updateErrors(spec: PersistentVolumeSpec, old: PersistentVolumeSpec): Errors {
  const errors: FieldError[] = []
  const next = withOldExpandSecret(spec, old)
  if (!jsonEqual(sourceOf(next), sourceOf(old))) {
    const lines = (each: PersistentVolumeSpec) => JSON.stringify(sourceOf(each), null, 1).split('\n')
    const diff = unifiedDiff(lines(old), lines(next))
    const path = 'spec.persistentvolumesource'
    errors.push(field.forbidden(path, `spec.persistentvolumesource is immutable after creation\n${diff}`))
  }
  if (spec.volumeMode !== old.volumeMode)
    errors.push(field.invalid('volumeMode', spec.volumeMode, 'field is immutable'))
  if (old.nodeAffinity && !jsonEqual(spec.nodeAffinity, withNewLabels(old.nodeAffinity, spec.nodeAffinity))) {
    const detail = 'field is immutable, except for updating from beta label to GA'
    errors.push(field.invalid('nodeAffinity', spec.nodeAffinity, detail))
  }
  if (old.volumeAttributesClassName !== undefined && spec.volumeAttributesClassName === undefined)
    errors.push(field.forbidden('spec.volumeAttributesClassName', 'update from non-nil value to nil is forbidden'))
  return errors
}

/** The secret for expansion may be added later. */
function withOldExpandSecret(spec: PersistentVolumeSpec, old: PersistentVolumeSpec): PersistentVolumeSpec {
  if (!spec.csi || !old.csi || old.csi.controllerExpandSecretRef) return spec
  const { controllerExpandSecretRef: _added, ...csi } = spec.csi
  return { ...spec, csi }
}

const SUCCESSORS = new Map([
  ['failure-domain.beta.kubernetes.io/zone', 'topology.kubernetes.io/zone'],
  ['failure-domain.beta.kubernetes.io/region', 'topology.kubernetes.io/region'],
  ['beta.kubernetes.io/os', 'kubernetes.io/os'],
  ['beta.kubernetes.io/arch', 'kubernetes.io/arch'],
  ['beta.kubernetes.io/instance-type', 'node.kubernetes.io/instance-type'],
])

type Affinity = NonNullable<PersistentVolumeSpec['nodeAffinity']>

/** The old affinity with those labels renamed that the new one renames. */
function withNewLabels(old: Affinity, next: Affinity | undefined): Affinity {
  if (!old.required) return old
  return {
    ...old,
    required: {
      ...old.required,
      nodeSelectorTerms: old.required.nodeSelectorTerms.map((term, place) => ({
        ...term,
        ...(term.matchExpressions && {
          matchExpressions: term.matchExpressions.map((expression, index) => {
            const key = next?.required?.nodeSelectorTerms[place]?.matchExpressions?.[index]?.key
            return key !== undefined && SUCCESSORS.get(expression.key) === key ? { ...expression, key } : expression
          }),
        }),
      })),
    },
  }
}
