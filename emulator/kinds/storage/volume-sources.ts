/**
 * Sources that Pods' volumes and PersistentVolumes share, each with what can be wrong with it
 * (upstream: pkg/apis/core/validation/validation.go, the functions validate…VolumeSource).
 */
import { type FieldError, field } from '../../api/field.ts'
import { dns1123LabelErrors, dns1123SubdomainErrors } from '../../api/names.ts'
import type * as api from '../../generated/types.ts'
import { nameErrors } from '../validation/names.ts'
import { noBackstepErrors } from './paths.ts'

type Errors = readonly FieldError[]

/** `required(path, source, 'a', 'b')`: what must not be empty. */
function required<T extends object>(path: string, source: T, ...names: readonly (keyof T & string)[]): FieldError[] {
  return names.flatMap((name) => {
    const value = source[name]
    return value === undefined || value === '' || (Array.isArray(value) && value.length === 0)
      ? [field.required(`${path}.${name}`)]
      : []
  })
}

const inRange = (path: string, value: number | undefined, from: number, shownFrom = from): Errors =>
  value !== undefined && (value < from || value > 255)
    ? [field.invalid(path, value, `must be between ${shownFrom} and 255, inclusive`)]
    : []

const partitioned =
  <T extends { readonly partition?: number }>(name: keyof T & string) =>
  (path: string, source: T): Errors => [
    ...required(path, source, name),
    ...inRange(`${path}.partition`, source.partition, 0, 1),
  ]

export const gcePersistentDiskErrors = partitioned<api.GCEPersistentDiskVolumeSource>('pdName')
export const awsElasticBlockStoreErrors = partitioned<api.AWSElasticBlockStoreVolumeSource>('volumeID')

export const glusterfsErrors = (path: string, source: api.GlusterfsVolumeSource): Errors =>
  required(path, source, 'endpoints', 'path')

export function flockerErrors(path: string, { datasetName, datasetUUID }: api.FlockerVolumeSource): Errors {
  const errors: FieldError[] = []
  if (!datasetName && !datasetUUID) errors.push(field.required(path, 'one of datasetName and datasetUUID is required'))
  if (datasetName && datasetUUID)
    errors.push(field.invalid(path, 'resource', 'datasetName and datasetUUID can not be specified simultaneously'))
  if (datasetName?.includes('/')) errors.push(field.invalid(`${path}.datasetName`, datasetName, "must not contain '/'"))
  return errors
}

export const nfsErrors = (path: string, source: api.NFSVolumeSource): Errors => [
  ...required(path, source, 'server', 'path'),
  ...(source.path?.startsWith('/')
    ? []
    : [field.invalid(`${path}.path`, source.path ?? '', 'must be an absolute path')]),
]

type Rbd = Pick<api.RBDVolumeSource, 'monitors' | 'image'>
export const rbdErrors = (path: string, source: Rbd): Errors => required(path, source, 'monitors', 'image')

export const cephfsErrors = (path: string, source: Pick<api.CephFSVolumeSource, 'monitors'>): Errors =>
  required(path, source, 'monitors')

const HOST_PORTS = 'must be a host:port pair or multiple pairs separated by commas'

export function quobyteErrors(path: string, source: api.QuobyteVolumeSource): Errors {
  const errors: FieldError[] = []
  const { registry, tenant = '' } = source
  if (!registry) errors.push(field.required(`${path}.registry`, HOST_PORTS))
  else if (tenant.length >= 65)
    errors.push(field.required(`${path}.tenant`, 'must be a UUID and may not exceed a length of 64 characters'))
  else
    for (const pair of registry.split(','))
      if (!/^([^:[\]]*|\[[^[\]]*\]):[^:]*$/.test(pair))
        errors.push(field.invalid(`${path}.registry`, registry, HOST_PORTS))
  return [...errors, ...required(path, source, 'volume')]
}

const INITIATORS: readonly (readonly [prefix: string, form: RegExp])[] = [
  ['iqn', /iqn\.\d{4}-\d{2}\.([A-Za-z0-9\-.]+)(:[^,;*&$|\s]+)$/],
  ['eui', /^eui.[A-Za-z0-9]{16}$/],
  ['naa', /^naa.[A-Za-z0-9]{32}$/],
]

function initiatorErrors(path: string, name: string, unknown: string): Errors {
  const form = INITIATORS.find(([prefix]) => name.startsWith(prefix))
  if (!form) return [field.invalid(path, name, unknown)]
  return form[1].test(name) ? [] : [field.invalid(path, name, 'must be valid format')]
}

type Iscsi = api.ISCSIVolumeSource | api.ISCSIPersistentVolumeSource

/** `tooLong` tells where and of which name the length with the portal counts; a Pod's volume and a PersistentVolume differ. */
export function iscsiErrors(path: string, source: Iscsi, persistentName?: string): Errors {
  const { targetPortal = '', iqn, initiatorName, chapAuthDiscovery, chapAuthSession, secretRef } = source
  const persistent = persistentName !== undefined
  const unknown = persistent ? 'must be valid format' : 'must be valid format starting with iqn, eui, or naa'
  const errors: FieldError[] = required(path, source, 'targetPortal')
  if (persistent && initiatorName !== undefined)
    errors.push(...portalErrors(`${path}.targetportal`, targetPortal, persistentName, targetPortal))
  errors.push(...(iqn ? initiatorErrors(`${path}.iqn`, iqn, unknown) : [field.required(`${path}.iqn`)]))
  errors.push(...inRange(`${path}.lun`, source.lun, 0))
  if ((chapAuthDiscovery || chapAuthSession) && !secretRef) errors.push(field.required(`${path}.secretRef`))
  if (persistent && secretRef && !secretRef.name) errors.push(field.required(`${path}.secretRef.name`))
  if (initiatorName !== undefined) errors.push(...initiatorErrors(`${path}.initiatorname`, initiatorName, unknown))
  return errors
}

const TOO_LONG =
  'Total length of <volume name>:<iscsi.targetPortal> must be under 64 characters if iscsi.initiatorName is specified.'

/** A volume's name and its portal together. */
export const portalErrors = (path: string, value: string, name: string, portal: string): Errors =>
  `${name}:${portal}`.length > 64 ? [field.invalid(path, value, TOO_LONG)] : []

/** Of a PersistentVolume, secrets are named with their namespace. */
export function secretErrors(path: string, secret: api.SecretReference | undefined, persistent: boolean): Errors {
  if (!secret) return []
  return [
    ...(secret.name ? [] : [field.required(`${path}.name`)]),
    ...(persistent && !secret.namespace ? [field.required(`${path}.namespace`)] : []),
  ]
}

type Cinder = api.CinderVolumeSource | api.CinderPersistentVolumeSource
export const cinderErrors = (path: string, source: Cinder, persistent: boolean): Errors => [
  ...required(path, source, 'volumeID'),
  ...secretErrors(`${path}.secretRef`, source.secretRef, persistent),
]

export function fcErrors(path: string, { targetWWNs = [], wwids = [], lun }: api.FCVolumeSource): Errors {
  const at = `${path}.targetWWNs`
  const errors: FieldError[] = []
  if (targetWWNs.length === 0 && wwids.length === 0)
    errors.push(field.required(at, 'must specify either targetWWNs or wwids, but not both'))
  if (targetWWNs.length > 0 && wwids.length > 0)
    errors.push(field.invalid(at, targetWWNs, 'targetWWNs and wwids can not be specified simultaneously'))
  if (targetWWNs.length === 0) return errors
  if (lun === undefined) return [...errors, field.required(`${path}.lun`, 'lun is required if targetWWNs is specified')]
  return [...errors, ...inRange(`${path}.lun`, lun, 0)]
}

export function flexVolumeErrors(path: string, source: Pick<api.FlexVolumeSource, 'driver' | 'options'>): Errors {
  const reserved = Object.keys(source.options ?? {}).filter((key) => {
    const parts = key.split('/')
    const domain = `.${(parts.length > 1 ? (parts[0] ?? '') : key).toLowerCase()}`
    return domain.endsWith('.kubernetes.io') || domain.endsWith('.k8s.io')
  })
  const detail = 'kubernetes.io and k8s.io namespaces are reserved'
  return [
    ...required(path, source, 'driver'),
    ...reserved.sort().map((key) => field.invalid(`${path}.options[${key}]`, key, detail)),
  ]
}

type AzureFile = api.AzureFileVolumeSource | api.AzureFilePersistentVolumeSource
export const azureFileErrors = (path: string, source: AzureFile): Errors => [
  ...required(path, source, 'secretName', 'shareName'),
  ...('secretNamespace' in source && source.secretNamespace === '' ? [field.required(`${path}.secretNamespace`)] : []),
]

const CACHING = ['None', 'ReadOnly', 'ReadWrite']
const DISK_KINDS = ['Dedicated', 'Managed', 'Shared']
const MANAGED_URI = '/subscriptions/{sub-id}/resourcegroups/{group-name}/providers/microsoft.compute/disks/{disk-id}'
const BLOB_URI = 'https://{account-name}.blob.core.windows.net/{container-name}/{disk-name}.vhd'

export function azureDiskErrors(path: string, source: api.AzureDiskVolumeSource): Errors {
  const { diskURI = '', cachingMode, kind } = source
  const errors: FieldError[] = required(path, source, 'diskName', 'diskURI')
  if (cachingMode !== undefined && !CACHING.includes(cachingMode))
    errors.push(field.notSupported(`${path}.cachingMode`, cachingMode, CACHING))
  if (kind !== undefined && !DISK_KINDS.includes(kind))
    errors.push(field.notSupported(`${path}.kind`, kind, DISK_KINDS))
  if (kind === 'Managed' && !diskURI.startsWith('/subscriptions/'))
    errors.push(field.notSupported(`${path}.diskURI`, diskURI, [MANAGED_URI]))
  if (kind !== undefined && kind !== 'Managed' && !diskURI.startsWith('https://'))
    errors.push(field.notSupported(`${path}.diskURI`, diskURI, [BLOB_URI]))
  return errors
}

export const vsphereVolumeErrors = (path: string, source: api.VsphereVirtualDiskVolumeSource): Errors =>
  required(path, source, 'volumePath')
export const photonPersistentDiskErrors = (path: string, source: api.PhotonPersistentDiskVolumeSource): Errors =>
  required(path, source, 'pdID')
export const portworxVolumeErrors = (path: string, source: api.PortworxVolumeSource): Errors =>
  required(path, source, 'volumeID')

type ScaleIO = Pick<api.ScaleIOVolumeSource, 'gateway' | 'system' | 'volumeName'>
export const scaleIOErrors = (path: string, source: ScaleIO): Errors =>
  required(path, source, 'gateway', 'system', 'volumeName')

type StorageOS = api.StorageOSVolumeSource | api.StorageOSPersistentVolumeSource
export const storageosErrors = (path: string, source: StorageOS, persistent: boolean): Errors => [
  ...(source.volumeName
    ? nameErrors(`${path}.volumeName`, source.volumeName, dns1123LabelErrors)
    : [field.required(`${path}.volumeName`)]),
  ...(source.volumeNamespace ? nameErrors(`${path}.volumeNamespace`, source.volumeNamespace, dns1123LabelErrors) : []),
  ...secretErrors(`${path}.secretRef`, source.secretRef, persistent),
]

const MAX_DRIVER_NAME = 63

/** Upstream: ValidateCSIDriverName, which says all that is wrong with a missing name, too. */
export function csiDriverNameErrors(path: string, driver = ''): Errors {
  return [
    ...(driver === '' ? [field.required(path)] : []),
    ...(driver.length > MAX_DRIVER_NAME ? [field.tooLong(path, MAX_DRIVER_NAME)] : []),
    ...dns1123SubdomainErrors(driver.toLowerCase()).map((detail) => field.invalid(path, driver, detail)),
  ]
}

/** Upstream: supportedHostPathTypes; the first says that nothing is checked. */
const HOST_PATH_TYPES = [
  '',
  'BlockDevice',
  'CharDevice',
  'Directory',
  'DirectoryOrCreate',
  'File',
  'FileOrCreate',
  'Socket',
]

export function hostPathErrors(path: string, { path: target, type = '' }: api.HostPathVolumeSource): Errors {
  if (!target) return [field.required(`${path}.path`)]
  return [
    ...noBackstepErrors(`${path}.path`, target),
    ...(HOST_PATH_TYPES.includes(type) ? [] : [field.notSupported(`${path}.type`, type, HOST_PATH_TYPES)]),
  ]
}
