import { type FieldError, field } from '../../api/field.ts'
import { dns1123LabelErrors, dns1123SubdomainErrors, qualifiedNameErrors } from '../../api/names.ts'
import { parseQuantity } from '../../api/quantity.ts'
import type { EphemeralVolumeSource, ObjectMeta, Volume } from '../../generated/types.ts'
import { claimSpecErrors } from '../persistent-volume-claim/validate.ts'
import { modeErrors, relativePathErrors } from '../storage/paths.ts'
import * as sources from '../storage/volume-sources.ts'
import { labelErrors, nameErrors } from '../validation/names.ts'
import { downwardErrors, itemErrors, projectedErrors } from './validate-projected.ts'

type Errors = readonly FieldError[]

export interface CheckedVolumes {
  readonly errors: Errors
  /** Those without errors: what mounts may name. */
  readonly valid: ReadonlyMap<string, Volume>
}

/** Volumes of a Pod; `podName` is that of a real Pod (upstream: pkg/apis/core/validation ValidateVolumes). */
export function checkVolumes(path: string, volumes: readonly Volume[], podName = ''): CheckedVolumes {
  const errors: FieldError[] = []
  const valid = new Map<string, Volume>()
  const made = new Set(
    podName === '' ? [] : volumes.flatMap(({ name, ephemeral }) => (ephemeral ? [`${podName}-${name}`] : [])),
  )
  for (const [index, volume] of volumes.entries()) {
    const at = `${path}[${index}]`
    const { name = '', persistentVolumeClaim: claim } = volume
    const own = [
      ...sourceErrors(at, volume, podName),
      ...(name ? nameErrors(`${at}.name`, name, dns1123LabelErrors) : [field.required(`${at}.name`)]),
      ...(valid.has(name) ? [field.duplicate(`${at}.name`, name)] : []),
    ]
    if (own.length === 0) valid.set(name, volume)
    errors.push(...own)
    if (claim && made.has(claim.claimName)) {
      const detail = 'must not reference a PVC that gets created for an ephemeral volume'
      errors.push(field.invalid(`${at}.persistentVolumeClaim.claimName`, claim.claimName, detail))
    }
  }
  return { errors, valid }
}

type SourceName = Exclude<keyof Volume, 'name'>
type SourceRule = (path: string, volume: Volume) => Errors

const rule =
  <K extends SourceName>(name: K, check: (path: string, source: NonNullable<Volume[K]>) => Errors): SourceRule =>
  (path, volume) => {
    const source = volume[name]
    return source === undefined || source === null ? [] : check(path, source)
  }

const fileErrors = (path: string, defaultMode: number | undefined, items: Volume['configMap']): Errors => [
  ...modeErrors(`${path}.defaultMode`, defaultMode),
  ...itemErrors(`${path}.items`, items?.items),
]

/** Upstream's order of checking; the path of errors inside, and that of "more than 1", where they are not the field's name. */
const RULES: readonly (readonly [name: SourceName, check: SourceRule, inner?: string, whole?: string])[] = [
  [
    'emptyDir',
    rule('emptyDir', (path, { sizeLimit }) =>
      (parseQuantity(sizeLimit ?? '0')?.nano ?? 0n) < 0n
        ? [field.forbidden(`${path}.sizeLimit`, 'SizeLimit field must be a valid resource quantity')]
        : [],
    ),
  ],
  ['hostPath', rule('hostPath', sources.hostPathErrors)],
  [
    'gitRepo',
    rule('gitRepo', (path, { repository, directory = '' }) => [
      ...(repository ? [] : [field.required(`${path}.repository`)]),
      ...relativePathErrors(`${path}.directory`, directory),
    ]),
  ],
  ['gcePersistentDisk', rule('gcePersistentDisk', sources.gcePersistentDiskErrors), 'persistentDisk'],
  ['awsElasticBlockStore', rule('awsElasticBlockStore', sources.awsElasticBlockStoreErrors)],
  [
    'secret',
    rule('secret', (path, { secretName, defaultMode, items }) => [
      ...(secretName ? [] : [field.required(`${path}.secretName`)]),
      ...fileErrors(path, defaultMode, { ...(items && { items }) }),
    ]),
  ],
  ['nfs', rule('nfs', sources.nfsErrors)],
  ['iscsi', iscsi],
  ['glusterfs', rule('glusterfs', sources.glusterfsErrors)],
  ['flocker', rule('flocker', sources.flockerErrors)],
  [
    'persistentVolumeClaim',
    rule('persistentVolumeClaim', (path, { claimName }) => (claimName ? [] : [field.required(`${path}.claimName`)])),
  ],
  ['rbd', rule('rbd', sources.rbdErrors)],
  ['cinder', rule('cinder', (path, source) => sources.cinderErrors(path, source, false))],
  ['cephfs', rule('cephfs', sources.cephfsErrors), 'cephfs', 'cephFS'],
  ['quobyte', rule('quobyte', sources.quobyteErrors)],
  ['downwardAPI', rule('downwardAPI', downwardErrors), 'downwardAPI', 'downwarAPI'],
  ['fc', rule('fc', sources.fcErrors)],
  ['flexVolume', rule('flexVolume', sources.flexVolumeErrors)],
  [
    'configMap',
    rule('configMap', (path, source) => [
      ...(source.name ? [] : [field.required(`${path}.name`)]),
      ...fileErrors(path, source.defaultMode, source),
    ]),
  ],
  ['azureFile', rule('azureFile', sources.azureFileErrors)],
  ['vsphereVolume', rule('vsphereVolume', sources.vsphereVolumeErrors)],
  ['photonPersistentDisk', rule('photonPersistentDisk', sources.photonPersistentDiskErrors)],
  ['portworxVolume', rule('portworxVolume', sources.portworxVolumeErrors)],
  ['azureDisk', rule('azureDisk', sources.azureDiskErrors)],
  ['storageos', rule('storageos', (path, source) => sources.storageosErrors(path, source, false))],
  ['projected', rule('projected', projectedErrors)],
  ['scaleIO', rule('scaleIO', sources.scaleIOErrors)],
  [
    'csi',
    rule('csi', (path, { driver, nodePublishSecretRef: secret }) => [
      ...sources.csiDriverNameErrors(`${path}.driver`, driver),
      ...(secret && !secret.name ? [field.required(`${path}.nodePublishSecretRef.name`)] : []),
      ...(secret?.name ? nameErrors(`${path}.name`, secret.name, dns1123SubdomainErrors) : []),
    ]),
  ],
  ['ephemeral', rule('ephemeral', ephemeralErrors)],
  [
    'image',
    rule('image', (path, { reference, pullPolicy = '' }) => [
      ...(reference ? [] : [field.required(`${path}.reference`)]),
      ...(PULL_POLICIES.includes(pullPolicy)
        ? []
        : pullPolicy === ''
          ? [field.required(`${path}.pullPolicy`)]
          : [field.notSupported(`${path}.pullPolicy`, pullPolicy, PULL_POLICIES)]),
    ]),
  ],
]

const PULL_POLICIES = ['Always', 'IfNotPresent', 'Never']

/** Upstream: validateVolumeSource. */
function sourceErrors(at: string, volume: Volume, podName: string): Errors {
  const present = RULES.filter(([name]) => volume[name] !== undefined)
  if (present.length === 0) return [field.required(at, 'must specify a volume type')]
  const errors = present.flatMap(([name, check, inner = name, whole = name], index) =>
    index === 0
      ? check(`${at}.${inner}`, volume)
      : [field.forbidden(`${at}.${whole}`, 'may not specify more than 1 volume type')],
  )
  if (!volume.ephemeral || present[0]?.[0] !== 'ephemeral' || podName === '' || !volume.name) return errors
  const claim = `${podName}-${volume.name}`
  const why = dns1123SubdomainErrors(claim)
  return [...errors, ...why.map((detail) => field.invalid(`${at}.name`, volume.name, `PVC name "${claim}": ${detail}`))]
}

function iscsi(path: string, { name, iscsi: source }: Volume): Errors {
  if (!source) return []
  const { initiatorName, targetPortal = '' } = source
  const at = path.replace(/\.iscsi$/, '.name')
  return [
    ...sources.iscsiErrors(path, source),
    ...(initiatorName === undefined ? [] : sources.portalErrors(at, name, name, targetPortal)),
  ]
}

/** Metadata of a claim's template knows labels and annotations (upstream: ValidatePersistentVolumeClaimTemplate). */
function ephemeralErrors(path: string, { volumeClaimTemplate: template }: EphemeralVolumeSource): Errors {
  const at = `${path}.volumeClaimTemplate`
  if (!template) return [field.required(at)]
  const { annotations, labels, ...others } = (template.metadata ?? {}) as ObjectMeta
  return [
    ...Object.keys(annotations ?? {})
      .sort()
      .flatMap((key) => nameErrors(`${at}.metadata.annotations`, key.toLowerCase(), qualifiedNameErrors)),
    ...labelErrors(`${at}.metadata.labels`, labels),
    ...Object.keys(others).map((name) => field.forbidden(`${at}.metadata.${name}`, 'cannot be set')),
    ...claimSpecErrors(`${at}.spec`, template.spec ?? {}),
  ]
}
