/** What `kubectl apply` owned before `--server-side` becomes the applier's (upstream: client-go/util/csaupgrade, kubectl's migrateToSSAIfNecessary). */
import type { JsonValue, Kube, KubeObject } from '../../../emulator/index.ts'
import type { ApiClient } from '../api/client.ts'

const DEFAULT_MANAGER = 'kubectl'
const LAST_APPLIED = 'kubectl.kubernetes.io/last-applied-configuration'

type Entry = Kube.ManagedFieldsEntry
type Fields = { readonly [name: string]: JsonValue }

/** Writes the ownership anew where a client-side apply holds any; says whether it did. */
export function migrateOwnership(
  api: Pick<ApiClient, 'send'>,
  path: string,
  object: KubeObject,
  manager: string,
): boolean {
  const { annotations = {}, managedFields = [] } = object.metadata ?? {}
  if (!Object.hasOwn(annotations, LAST_APPLIED)) return false
  const clientSide = managedFields.filter(ownsLastApplied)
  if (clientSide.length === 0) return false
  const saved = manager === DEFAULT_MANAGER ? saveLastApplied(api, path, object) : object
  return mergeIntoApplier(api, path, saved, manager)
}

/** The annotation gets an owner of its own, so that it outlives the change. */
function saveLastApplied(
  api: Pick<ApiClient, 'send'>,
  path: string,
  { apiVersion, kind, metadata }: KubeObject,
): KubeObject {
  const value = metadata?.annotations?.[LAST_APPLIED] ?? ''
  return api.send('PATCH', path, {
    contentType: 'application/apply-patch+yaml',
    query: { fieldManager: 'kubectl-last-applied', force: 'false' },
    body: { apiVersion, kind, metadata: { name: metadata?.name, annotations: { [LAST_APPLIED]: value } } },
  }) as KubeObject
}

function mergeIntoApplier(api: Pick<ApiClient, 'send'>, path: string, object: KubeObject, manager: string): boolean {
  const { managedFields = [], resourceVersion = '' } = object.metadata ?? {}
  const clientSide = managedFields.filter(ownsLastApplied)
  const own = managedFields.find((entry) => entry.operation === 'Apply' && entry.manager === manager)
  if (!own) return false
  const fieldsV1 = clientSide.reduce((sum, entry) => merged(sum, fieldsOf(entry)), fieldsOf(own))
  const kept = managedFields.filter((entry) => !clientSide.includes(entry))
  api.send('PATCH', path, {
    contentType: 'application/json-patch+json',
    body: [
      {
        op: 'replace',
        path: '/metadata/managedFields',
        value: kept.map((entry) => (entry === own ? { ...own, fieldsV1 } : entry)),
      },
      { op: 'replace', path: '/metadata/resourceVersion', value: resourceVersion },
    ],
  })
  return true
}

function ownsLastApplied(entry: Entry): boolean {
  if (entry.operation !== 'Update' || entry.subresource) return false
  const metadata = inner(fieldsOf(entry), 'f:metadata')
  return Object.hasOwn(inner(metadata, 'f:annotations'), `f:${LAST_APPLIED}`)
}

const fieldsOf = ({ fieldsV1 }: Entry): Fields => (isFields(fieldsV1) ? fieldsV1 : {})

const inner = (fields: Fields, name: string): Fields => {
  const value = Object.hasOwn(fields, name) ? fields[name] : undefined
  return isFields(value) ? value : {}
}

const isFields = (value: JsonValue | undefined): value is Fields =>
  typeof value === 'object' && value !== null && !Array.isArray(value)

function merged(one: Fields, other: Fields): Fields {
  const names = new Set([...Object.keys(one), ...Object.keys(other)])
  return Object.fromEntries([...names].map((name) => [name, merged(inner(one, name), inner(other, name))]))
}
