/** Server-side apply (upstream: apiserver/pkg/endpoints/handlers/patch.go, structured-merge-diff/merge). */
import { decodeAs } from '../decode.ts'
import { applyConflict, badRequest, invalid, notFound, serverError } from '../errors.ts'
import { field } from '../field.ts'
import type { Exchange } from '../handlers/exchange.ts'
import { isRecord } from '../json.ts'
import type { KindDefinition } from '../kind.ts'
import {
  difference,
  type FieldSet,
  intersection,
  isEmptySet,
  members,
  NOTHING,
  pathText,
  union,
} from '../managed/field-set.ts'
import {
  entryOf,
  inOrder,
  type Managed,
  ownable,
  readEntry,
  resetFields,
  withoutFields,
  written,
} from '../managed/managed-fields.ts'
import { compare, fieldsOf } from '../managed/typed.ts'
import { typedErrors } from '../managed/typed-errors.ts'
import type { ApiContext, Target } from '../operations/context.ts'
import { createObject } from '../operations/create.ts'
import { findObject } from '../operations/read.ts'
import { updateObject } from '../operations/update.ts'
import type { Patched } from '../patch/patch-request.ts'
import { apiVersion } from '../registry.ts'
import { parseYaml } from '../request-body.ts'
import { rootField } from '../schema.ts'
import type { KubeObject } from '../types.ts'
import { appliedBefore, withLastApplied } from './last-applied.ts'
import { mergeApplied, prune } from './merge.ts'

/** Applies the request's configuration, creating the object if it does not exist. */
export function serverSideApply(
  context: ApiContext,
  exchange: Exchange,
  target: Target,
  subresource: string | undefined,
): Patched {
  const { kind, namespace, name } = target
  const manager = exchange.query('fieldManager')
  if (!manager)
    throw invalid({ group: 'meta.k8s.io', kind: 'PatchOptions' }, '', [
      field.required('fieldManager', 'is required for apply patch'),
    ])
  const applied = readConfiguration(exchange, target)
  const live = findObject(context, target)
  if (!live && subresource) throw notFound(kind, name)
  const schema = rootField(kind)
  const owners = (live?.metadata?.managedFields ?? []).map(readEntry)
  const isMine = ({ entry }: Managed): boolean =>
    entry.operation === 'Apply' && entry.manager === manager && (entry.subresource ?? '') === (subresource ?? '')
  const mine = owners.find(isMine)
  const reset = resetFields(kind, subresource)
  const set = difference(ownable(fieldsOf(schema, applied)), reset)
  const by = { manager, now: context.clock.now(), subresource }
  if (!live) {
    const managedFields = written(entryOf(kind, 'Apply', by, set, undefined))
    return {
      object: createObject(context, exchange.caller, kind, namespace, applied, { managedFields }),
      created: true,
    }
  }
  const others = owners.filter((one) => one !== mine)
  const merged = mergeApplied(schema, live, applied)
  const kept = others.reduce((all, one) => union(all, one.set), set)
  const pruned = prune(schema, merged, difference(mine?.set ?? NOTHING, set), kept) as KubeObject
  const { added, modified, removed } = compare(schema, live, pruned)
  const changed = difference(union(added, modified), reset)
  checkConflicts(others, difference(changed, appliedBefore(schema, live, manager)), exchange.flag('force'))
  const lost = union(changed, difference(removed, reset))
  const managedFields = inOrder([
    ...withoutFields(
      others.map(({ entry }) => entry),
      lost,
    ),
    ...written(entryOf(kind, 'Apply', by, set, mine)),
  ])
  const options = { managedFields, ...(subresource && { subresource }) }
  const next = complete(kind, withLastApplied(pruned, applied, manager))
  return { object: updateObject(context, exchange.caller, target, next, options), created: false }
}

/** With zero values for the required fields that the configuration leaves to others. */
function complete(kind: KindDefinition, object: KubeObject): KubeObject {
  const decoded = decodeAs(kind, object)
  return decoded.ok ? (decoded.value as KubeObject) : object
}

function readConfiguration(exchange: Exchange, { kind, namespace, name }: Target): KubeObject {
  const parsed = parseYaml(exchange.request.body ?? '')
  if (!parsed.ok) throw badRequest(`error decoding YAML: ${parsed.message}`)
  if (!isRecord(parsed.value)) throw badRequest('error decoding YAML: the configuration is not an object')
  const { apiVersion: version, kind: wanted } = parsed.value
  if (version === undefined || wanted === undefined)
    throw badRequest(
      `Object '${wanted === undefined ? 'Kind' : 'apiVersion'}' is missing in '${exchange.request.body ?? ''}'`,
    )
  if (version !== apiVersion(kind) || wanted !== kind.kind)
    throw badRequest(
      `Incorrect version specified in apply patch. Specified patch version: ${String(version)}, expected: ${apiVersion(kind)}`,
    )
  const problems = typedErrors(rootField(kind), parsed.value)
  const decoded = decodeAs(kind, parsed.value, 'as-given')
  if (problems.length > 0 || !decoded.ok) {
    const texts = problems.length > 0 ? problems : [decoded.ok ? '' : decoded.message]
    const what = texts.length === 1 ? texts[0] : `errors:\n${texts.map((text) => `  ${text}`).join('\n')}`
    const gvk = `${kind.group}/${kind.version}, Kind=${kind.kind}`
    // Upstream answers 500 without a reason here.
    throw serverError(`failed to create typed patch object (${namespace ?? ''}/${name}; ${gvk}): ${what}`)
  }
  const object = decoded.value as KubeObject
  if (object.metadata?.managedFields !== undefined) throw badRequest('metadata.managedFields must be nil')
  if (object.metadata?.name !== undefined && object.metadata.name !== name)
    throw badRequest(`the name of the object (${object.metadata.name}) does not match the name on the URL (${name})`)
  return { ...object, metadata: { ...object.metadata, name } }
}

function checkConflicts(others: readonly Managed[], changed: FieldSet, force: boolean): void {
  if (force) return
  const conflicts = others.flatMap((one) => {
    const both = intersection(one.set, changed)
    return isEmptySet(both) ? [] : members(both).map((path) => ({ manager: managerText(one), path: pathText(path) }))
  })
  if (conflicts.length === 0) return
  const causes = conflicts.map(({ manager, path }) => ({
    reason: 'FieldManagerConflict',
    message: `conflict with ${manager}`,
    field: path,
  }))
  const [first] = conflicts
  if (conflicts.length === 1 && first)
    throw applyConflict(`Apply failed with 1 conflict: conflict with ${first.manager}: ${first.path}`, causes)
  const managers = [...new Set(conflicts.map(({ manager }) => manager))].sort()
  const lines = managers.flatMap((manager) => [
    `conflicts with ${manager}:`,
    ...conflicts.filter((one) => one.manager === manager).map(({ path }) => `- ${path}`),
  ])
  throw applyConflict(`Apply failed with ${conflicts.length} conflicts: ${lines.join('\n')}`, causes)
}

function managerText({ entry }: Managed): string {
  const name = JSON.stringify(entry.manager ?? '')
  const through =
    entry.subresource === undefined ? name : `${name} with subresource ${JSON.stringify(entry.subresource)}`
  return entry.operation === 'Update' ? `${through} using ${entry.apiVersion ?? ''}` : through
}
