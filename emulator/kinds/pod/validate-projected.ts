import { type FieldError, field } from '../../api/field.ts'
import { qualifiedNameErrors } from '../../api/names.ts'
import type {
  ClusterTrustBundleProjection,
  DownwardAPIVolumeFile,
  DownwardAPIVolumeSource,
  KeyToPath,
  ProjectedVolumeSource,
  ServiceAccountTokenProjection,
  VolumeProjection,
} from '../../generated/types.ts'
import { filePathErrors, modeErrors } from '../storage/paths.ts'
import { nameErrors } from '../validation/names.ts'
import { labelSelectorErrors } from '../validation/selectors.ts'
import { internalForm } from './internal-form.ts'
import { fieldRefErrors, resourceFieldErrors, VOLUME_FIELDS } from './validate-field-ref.ts'

type Errors = readonly FieldError[]

/** A key of a ConfigMap or Secret and the file that it becomes (upstream: pkg/apis/core/validation validateKeyToPath). */
export const itemErrors = (path: string, items: readonly KeyToPath[] = []): Errors =>
  items.flatMap(({ key, path: target = '', mode }, index) => {
    const at = `${path}[${index}]`
    return [
      ...(key ? [] : [field.required(`${at}.key`)]),
      ...(target ? [] : [field.required(`${at}.path`)]),
      ...filePathErrors(`${at}.path`, target),
      ...modeErrors(`${at}.mode`, mode),
    ]
  })

/** Upstream names the volume, not the file, in these errors (validateDownwardAPIVolumeSource). */
export const downwardErrors = (path: string, { defaultMode, items = [] }: DownwardAPIVolumeSource): Errors => [
  ...modeErrors(`${path}.defaultMode`, defaultMode),
  ...items.flatMap((item) => downwardFileErrors(path, item)),
]

function downwardFileErrors(path: string, file: DownwardAPIVolumeFile): Errors {
  const { path: target = '', fieldRef, resourceFieldRef, mode } = file
  const errors: FieldError[] = target ? [] : [field.required(`${path}.path`)]
  errors.push(...filePathErrors(`${path}.path`, target))
  if (fieldRef) {
    errors.push(...fieldRefErrors(`${path}.fieldRef`, fieldRef, VOLUME_FIELDS))
    if (resourceFieldRef)
      errors.push(field.invalid(path, 'resource', 'fieldRef and resourceFieldRef can not be specified simultaneously'))
  } else if (resourceFieldRef) errors.push(...resourceFieldErrors(`${path}.resourceFieldRef`, resourceFieldRef, true))
  else errors.push(field.required(path, 'one of fieldRef and resourceFieldRef is required'))
  return [...errors, ...modeErrors(`${path}.mode`, mode)]
}

/** Several sources in one volume, whose files must not meet (upstream: validateProjectionSources). */
export function projectedErrors(path: string, { defaultMode, sources = [] }: ProjectedVolumeSource): Errors {
  const taken = new Set<string>()
  const claim = (target: string, shown: string): Errors => {
    if (!target) return []
    const errors = taken.has(target) ? [field.invalid(path, shown, 'conflicting duplicate paths')] : []
    taken.add(target)
    return errors
  }
  return [
    ...modeErrors(`${path}.defaultMode`, defaultMode),
    ...sources.flatMap((source, index) => {
      const at = `${path}.sources[${index}]`
      const more = Object.values(source).filter((value) => value !== undefined).length > 1
      return [
        ...sourceErrors(path, at, source, claim),
        ...(more ? [field.forbidden(at, 'may not specify more than 1 volume type per source')] : []),
      ]
    }),
  ]
}

type Claim = (target: string, shown: string) => Errors

function sourceErrors(path: string, at: string, source: VolumeProjection, claim: Claim): Errors {
  const { secret, configMap, downwardAPI, serviceAccountToken: token, clusterTrustBundle: bundle } = source
  return [
    ...keyedErrors(`${at}.secret`, secret, claim),
    ...keyedErrors(`${at}.configMap`, configMap, claim),
    ...(downwardAPI?.items ?? []).flatMap((file) => [
      ...downwardFileErrors(`${at}.downwardAPI`, file),
      ...claim(file.path ?? '', file.path ?? ''),
    ]),
    ...(token ? tokenErrors(path, `${at}.serviceAccountToken`, token) : []),
    ...(bundle
      ? [...bundleErrors(`${at}.clusterTrustBundle`, bundle), ...claim(bundle.path ?? '', bundle.path ?? '')]
      : []),
  ]
}

function keyedErrors(path: string, source: VolumeProjection['secret'] | undefined, claim: Claim): Errors {
  if (!source) return []
  const { name = '', items = [] } = source
  return [
    ...(name ? [] : [field.required(`${path}.name`)]),
    ...items.flatMap((item, index) => [
      ...itemErrors(`${path}.items`, [item]).map((error) => ({
        ...error,
        path: error.path.replace('.items[0]', `.items[${index}]`),
      })),
      ...claim(item.path ?? '', name),
    ]),
  ]
}

function tokenErrors(
  volume: string,
  path: string,
  { expirationSeconds, path: target }: ServiceAccountTokenProjection,
): Errors {
  const at = `${path}.expirationSeconds`
  const errors: FieldError[] = []
  const seconds = expirationSeconds ?? 3600
  if (seconds < 600) errors.push(field.invalid(at, seconds, 'may not specify a duration less than 10 minutes'))
  if (seconds > 2 ** 32) errors.push(field.invalid(at, seconds, 'may not specify a duration larger than 2^32 seconds'))
  return [...errors, ...(target ? filePathErrors(`${volume}.path`, target) : [field.required(`${volume}.path`)])]
}

function bundleErrors(path: string, bundle: ClusterTrustBundleProjection): Errors {
  const { name, signerName, labelSelector, path: target = '' } = bundle
  const errors: FieldError[] = []
  if (name !== undefined && signerName !== undefined)
    errors.push(
      field.invalid(
        path,
        internalForm(bundle, 'ClusterTrustBundleProjection'),
        'only one of name and signerName may be used',
      ),
    )
  else if (name !== undefined) {
    if (!name) errors.push(field.required(`${path}.name`, 'must be a valid object name'))
    if (labelSelector)
      errors.push(
        field.invalid(`${path}.labelSelector`, labelSelector, 'labelSelector must be unset if name is specified'),
      )
  } else if (signerName !== undefined) {
    if (!signerName) errors.push(field.required(`${path}.signerName`, 'must be a valid signer name'))
    else errors.push(...nameErrors(`${path}.signerName`, signerName, qualifiedNameErrors))
    if (labelSelector) errors.push(...labelSelectorErrors(`${path}.labelSelector`, labelSelector))
  } else errors.push(field.required(path, 'either name or signerName must be specified'))
  if (!target) errors.push(field.required(`${path}.path`))
  return [...errors, ...filePathErrors(`${path}.path`, target)]
}
