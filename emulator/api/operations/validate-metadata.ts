/** Validation of `metadata`, the same for every kind (upstream: apimachinery/pkg/api/validation/objectmeta.go). */
import { type FieldError, field } from '../field.ts'
import type { KindDefinition } from '../kind.ts'
import { dns1123LabelErrors, dns1123SubdomainErrors, labelValueErrors, qualifiedNameErrors } from '../names.ts'
import type { KubeObject } from '../types.ts'

type Meta = NonNullable<KubeObject['metadata']>

const MAX_ANNOTATION_BYTES = 256 * 1024

/** All errors in a new object's metadata, in upstream's order. */
export function metadataErrors(kind: KindDefinition, object: KubeObject): readonly FieldError[] {
  const metadata = object.metadata ?? {}
  return [
    ...nameErrors(kind, metadata),
    ...namespaceErrors(kind, metadata),
    ...labelErrors('metadata.labels', metadata.labels),
    ...annotationErrors(metadata.annotations),
    ...ownerErrors(metadata),
    ...finalizerErrors(kind, metadata),
  ]
}

/** What an update may not do to metadata, besides what `metadataErrors` says. */
export function metadataUpdateErrors(object: KubeObject, old: KubeObject): readonly FieldError[] {
  if (old.metadata?.deletionTimestamp === undefined) return []
  const before = old.metadata.finalizers ?? []
  const added = (object.metadata?.finalizers ?? []).filter((finalizer) => !before.includes(finalizer))
  if (added.length === 0) return []
  const list = `[]string{${added.map((finalizer) => JSON.stringify(finalizer)).join(', ')}}`
  return [
    field.forbidden(
      'metadata.finalizers',
      `no new finalizers can be added if the object is being deleted, found new finalizers ${list}`,
    ),
  ]
}

function nameErrors(kind: KindDefinition, { name, generateName }: Meta): readonly FieldError[] {
  const rule = kind.strategy?.validateName ?? dns1123SubdomainErrors
  const errors: FieldError[] = []
  // A generated name's base may end in what only its suffix makes legal.
  if (generateName !== undefined && generateName !== '')
    for (const message of rule(generateName.replace(/-$/, 'a')))
      errors.push(field.invalid('metadata.generateName', generateName, message))
  if (name === undefined || name === '')
    errors.push(field.required('metadata.name', 'name or generateName is required'))
  else for (const message of rule(name)) errors.push(field.invalid('metadata.name', name, message))
  return errors
}

function namespaceErrors(kind: KindDefinition, { namespace }: Meta): readonly FieldError[] {
  if (kind.scope === 'Cluster')
    return namespace ? [field.forbidden('metadata.namespace', 'not allowed on this type')] : []
  if (!namespace) return [field.required('metadata.namespace')]
  return dns1123LabelErrors(namespace).map((message) => field.invalid('metadata.namespace', namespace, message))
}

/** Errors of a label map; kinds use it for selectors and templates too. */
export function labelErrors(
  path: string,
  labels: { readonly [key: string]: string } | undefined,
): readonly FieldError[] {
  return Object.keys(labels ?? {})
    .sort()
    .flatMap((key) => [
      ...qualifiedNameErrors(key).map((message) => field.invalid(path, key, message)),
      ...labelValueErrors(labels?.[key] ?? '').map((message) => field.invalid(path, labels?.[key], message)),
    ])
}

function annotationErrors(annotations: Meta['annotations']): readonly FieldError[] {
  const errors: FieldError[] = []
  let size = 0
  for (const [key, value] of Object.entries(annotations ?? {})) {
    for (const message of qualifiedNameErrors(key.toLowerCase()))
      errors.push(field.invalid('metadata.annotations', key, message))
    size += key.length + value.length
  }
  if (size > MAX_ANNOTATION_BYTES) errors.push(field.tooLong('metadata.annotations', MAX_ANNOTATION_BYTES))
  return errors
}

function ownerErrors({ ownerReferences }: Meta): readonly FieldError[] {
  const errors: FieldError[] = []
  const path = 'metadata.ownerReferences'
  let controller: string | undefined
  for (const [index, owner] of (ownerReferences ?? []).entries()) {
    const at = `${path}[${index}]`
    if (!owner.apiVersion)
      errors.push(field.invalid(`${at}.apiVersion`, owner.apiVersion ?? '', 'version must not be empty'))
    if (!owner.kind) errors.push(field.invalid(`${at}.kind`, owner.kind ?? '', 'must not be empty'))
    if (!owner.name) errors.push(field.invalid(`${at}.name`, owner.name ?? '', 'must not be empty'))
    if (!owner.uid) errors.push(field.invalid(`${at}.uid`, owner.uid ?? '', 'must not be empty'))
    if (!owner.controller) continue
    if (controller !== undefined)
      errors.push(
        field.invalid(
          path,
          ownerReferences,
          `Only one reference can have Controller set to true. Found "true" in references for ${controller} and ${owner.name}`,
        ),
      )
    controller = owner.name
  }
  return errors
}

/** Names that may stand without a domain: the garbage collector's own. */
const PLAIN_FINALIZERS = ['orphan', 'foregroundDeletion', 'kubernetes']

function finalizerErrors({ strategy }: KindDefinition, { finalizers }: Meta): readonly FieldError[] {
  const errors: FieldError[] = []
  for (const finalizer of finalizers ?? []) {
    for (const message of qualifiedNameErrors(finalizer))
      errors.push(field.invalid('metadata.finalizers', finalizer, message))
    if (!strategy?.plainFinalizers && !finalizer.includes('/') && !PLAIN_FINALIZERS.includes(finalizer))
      errors.push(
        field.invalid(
          'metadata.finalizers',
          finalizer,
          'name is neither a standard finalizer name nor is it fully qualified',
        ),
      )
  }
  if (finalizers?.includes('orphan') && finalizers.includes('foregroundDeletion'))
    errors.push(
      field.invalid('metadata.finalizers', finalizers, 'finalizer orphan and foregroundDeletion cannot be both set'),
    )
  return errors
}
