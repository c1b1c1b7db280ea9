/** Creation of an object (upstream: apiserver/pkg/registry/generic/registry/store.go, Create). */

import type { ManagedFieldsEntry } from '../../generated/types.ts'
import {
  alreadyExists,
  badRequest,
  generatedNameTaken,
  invalid,
  serverError,
  terminatingDefinition,
} from '../errors.ts'
import { FRESH } from '../json.ts'
import { type KindDefinition, storageName } from '../kind.ts'
import { managedAfterWrite, withManagedFields } from '../managed/managed-fields.ts'
import { apiVersion } from '../registry.ts'
import { rootField } from '../schema.ts'
import { objectKey } from '../store.ts'
import type { KubeObject } from '../types.ts'
import { withoutZeros } from '../zero-values.ts'
import { checkSize } from './check-size.ts'
import { type ApiContext, admit, type Caller, checkAdmission, strategyContext } from './context.ts'
import { generateName, generateUid, metadataForCreate, withFirstGeneration } from './metadata.ts'
import { forStorage, served } from './read.ts'
import { metadataErrors } from './validate-metadata.ts'

/** Tries for a generated name that is free. */
const NAME_ATTEMPTS = 8

/**
 * Creates `object` of `kind`. Allocation (in `prepareForCreate`) comes before the check that the name is free, so a
 * second Service of the same name and node port fails on the port, as upstream's does.
 */
export function createObject(
  context: ApiContext,
  caller: Caller,
  kind: KindDefinition,
  namespace: string | undefined,
  object: KubeObject,
  options: { readonly managedFields?: readonly ManagedFieldsEntry[] } = {},
): KubeObject {
  if (kind.custom?.terminating) throw terminatingDefinition()
  checkWish(kind, namespace, object)
  const name = chooseName(context, kind, namespace, object)
  const target = { kind, namespace, name }
  const change = { operation: 'CREATE', old: undefined, subresource: undefined } as const
  const wished = withDefaults(kind, { ...FRESH, ...object, ...identity(kind) })
  const admitted = admit(context, caller, target, { ...change, object: wished })
  const metadata = metadataForCreate(admitted, namespace, name, {
    uid: generateUid(context.random),
    now: context.clock.now(),
  })
  const defaulted = withDefaults(kind, { ...FRESH, ...admitted, metadata }, wished)
  const prepared = kind.strategy?.prepareForCreate?.(defaulted, strategyContext(context, caller)) ?? defaulted
  const created = withFirstGeneration(kind, prepared)

  const errors = caller.checked
    ? []
    : [...metadataErrors(kind, created), ...(kind.validate?.(created, undefined) ?? [])]
  if (errors.length > 0) throw invalid(kind, name, errors)
  if (!caller.silent) for (const warning of kind.warnings?.(created, undefined) ?? []) caller.warn(warning)
  checkAdmission(context, caller, target, { ...change, object: created })

  const resource = storageName(kind)
  const key = objectKey(namespace, name)
  if (context.store.get(resource, key))
    throw created.metadata?.generateName ? generatedNameTaken(kind, name) : alreadyExists(kind, name)
  const by = { manager: caller.manager, now: context.clock.now() }
  const owned = withManagedFields(created, options.managedFields ?? managedAfterWrite(kind, wished, undefined, by))
  if (caller.dryRun) return owned
  checkSize(caller, owned)
  return served(kind, context.store.put(resource, key, forStorage(kind, owned)))
}

/** `apiVersion` and `kind` as stored. */
export const identity = (kind: KindDefinition): { apiVersion: string; kind: string } => ({
  apiVersion: apiVersion(kind),
  kind: kind.kind,
})

/** The kind's defaulting, for which a zero is as good as nothing said. Parts shared with `old` have no zeros any more. */
export function withDefaults(kind: KindDefinition, object: KubeObject, old?: KubeObject): KubeObject {
  const said = kind.custom ? object : (withoutZeros(rootField(kind), object, old) as KubeObject)
  return kind.default?.(said, old) ?? said
}

function checkWish(kind: KindDefinition, namespace: string | undefined, object: KubeObject): void {
  const wished = object.metadata?.namespace
  if (kind.scope === 'Namespaced' && wished && wished !== namespace)
    throw badRequest('the namespace of the provided object does not match the namespace sent on the request')
  const version = object.metadata?.resourceVersion
  if (version && version !== '0') throw serverError('resourceVersion should not be set on objects to be created')
}

function chooseName(
  context: ApiContext,
  kind: KindDefinition,
  namespace: string | undefined,
  object: KubeObject,
): string {
  const { name, generateName: base } = object.metadata ?? {}
  if (name || !base) return name ?? ''
  let generated = generateName(base, context.random)
  for (let tries = 1; tries < NAME_ATTEMPTS; tries++) {
    if (!context.store.get(storageName(kind), objectKey(namespace, generated))) break
    generated = generateName(base, context.random)
  }
  return generated
}
