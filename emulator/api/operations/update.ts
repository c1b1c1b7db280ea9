/** Replacement of an object or its status (upstream: apiserver/pkg/registry/generic/registry/store.go, Update). */
import type { ManagedFieldsEntry } from '../../generated/types.ts'
import { badRequest, conflict, invalid, modified, notFound, versionRequired } from '../errors.ts'
import { FRESH, jsonEqual } from '../json.ts'
import { type KindDefinition, storageName } from '../kind.ts'
import { managedAfterWrite, withManagedFields } from '../managed/managed-fields.ts'
import { objectKey } from '../store.ts'
import type { KubeObject } from '../types.ts'
import { checkSize } from './check-size.ts'
import { type ApiContext, admit, type Caller, checkAdmission, strategyContext, type Target } from './context.ts'
import { createObject, identity, withDefaults } from './create.ts'
import { removeIfReleased } from './delete.ts'
import { bumpsGeneration, metadataForUpdate, statusOf, withStatus } from './metadata.ts'
import { findObject, forStorage, served } from './read.ts'
import { metadataErrors, metadataUpdateErrors } from './validate-metadata.ts'

export interface UpdateOptions {
  readonly subresource?: string
  /** Set by server-side apply, which keeps its own record of who owns what. */
  readonly managedFields?: readonly ManagedFieldsEntry[]
}

/** Replaces the object at `target`. Nothing is written when nothing changes. */
export function updateObject(
  context: ApiContext,
  caller: Caller,
  target: Target,
  object: KubeObject,
  options: UpdateOptions = {},
): KubeObject {
  const { kind, namespace, name } = target
  checkPlace(target, object)
  const resource = storageName(kind)
  const key = objectKey(namespace, name)
  const old = findObject(context, target)
  if (!old) {
    if (options.subresource !== undefined || !kind.strategy?.allowCreateOnUpdate) throw notFound(kind, name)
    return createObject(context, caller, kind, namespace, object)
  }
  checkPreconditions(kind, name, object, old)
  const metadata = metadataForUpdate(object, old)
  const wished = withDefaults(kind, { ...FRESH, ...object, ...identity(kind), metadata }, old)
  const next = prepare(context, caller, target, wished, old, options)

  const errors = [
    ...metadataErrors(kind, next),
    ...metadataUpdateErrors(next, old),
    ...(subresourceUpdate(kind, options)?.validate(next, old) ?? kind.validate?.(next, old) ?? []),
  ]
  if (errors.length > 0) throw invalid(kind, name, errors)
  if (!caller.silent) for (const warning of kind.warnings?.(next, old) ?? []) caller.warn(warning)
  const change = { operation: 'UPDATE', old, subresource: options.subresource, object: next } as const
  checkAdmission(context, caller, target, change)

  const by = { manager: caller.manager, now: context.clock.now(), subresource: options.subresource }
  const owned = withManagedFields(next, options.managedFields ?? managedAfterWrite(kind, wished, old, by))
  if (jsonEqual(owned, old)) return old
  if (caller.dryRun) return owned
  checkSize(caller, owned)
  return (
    removeIfReleased(context, kind, key, owned) ??
    served(kind, context.store.put(resource, key, forStorage(kind, owned)))
  )
}

/** `wished`, which has its defaults, as admission and the kind's strategy leave it. */
function prepare(
  context: ApiContext,
  caller: Caller,
  target: Target,
  wished: KubeObject,
  old: KubeObject,
  { subresource = '' }: UpdateOptions,
): KubeObject {
  const { kind } = target
  const change = { operation: 'UPDATE', old, subresource: subresource || undefined } as const
  const admitted = admit(context, caller, target, { ...change, object: wished })
  const request = admitted === wished ? wished : withDefaults(kind, admitted, wished)
  const strategy = strategyContext(context, caller)
  if (subresource === 'status') {
    const { metadata = {} } = request
    return (
      kind.strategy?.prepareForStatusUpdate?.(request, old, strategy) ?? {
        ...FRESH,
        ...withStatus(old, statusOf(request)),
        metadata,
      }
    )
  }
  const kept = kind.subresources?.includes('status') ? withStatus(request, statusOf(old)) : request
  const prepared =
    subresourceUpdate(kind, { subresource })?.prepare(kept, old) ??
    kind.strategy?.prepareForUpdate?.(kept, old, strategy) ??
    kept
  const generation = prepared.metadata?.generation
  return generation !== undefined && bumpsGeneration(kind, prepared, old)
    ? { ...prepared, metadata: { ...prepared.metadata, generation: (old.metadata?.generation ?? 0) + 1 } }
    : prepared
}

function subresourceUpdate({ strategy }: KindDefinition, { subresource = '' }: UpdateOptions) {
  return strategy?.subresourceUpdates?.[subresource]
}

function checkPlace({ kind, namespace, name }: Target, object: KubeObject): void {
  const { name: given, namespace: wished } = object.metadata ?? {}
  if (!given)
    throw badRequest(`the name of the object (${name} based on URL) was undeterminable: name must be provided`)
  if (given !== name) throw badRequest(`the name of the object (${given}) does not match the name on the URL (${name})`)
  if (kind.scope === 'Namespaced' && wished && wished !== namespace)
    throw badRequest(
      `the namespace of the object (${wished}) does not match the namespace on the request (${namespace ?? ''})`,
    )
}

function checkPreconditions(kind: KindDefinition, name: string, object: KubeObject, old: KubeObject): void {
  const { uid, resourceVersion } = object.metadata ?? {}
  if (uid && uid !== old.metadata?.uid)
    throw conflict(
      kind,
      name,
      `Precondition failed: UID in precondition: ${uid}, UID in object meta: ${old.metadata?.uid ?? ''}`,
    )
  if (kind.custom && (!resourceVersion || resourceVersion === '0')) throw versionRequired(kind, name)
  if (resourceVersion && resourceVersion !== '0' && resourceVersion !== old.metadata?.resourceVersion)
    throw modified(kind, name)
}
