/** The part of metadata that the server, not the client, decides (upstream: apiserver/pkg/registry/rest). */
import type { Random } from '../../sim/types.ts'
import { timestamp } from '../age.ts'
import { FRESH, jsonEqual } from '../json.ts'
import type { KindDefinition } from '../kind.ts'
import type { KubeObject } from '../types.ts'

/** Letters and digits that spell no words (upstream: apimachinery/pkg/util/rand). */
const SUFFIX_ALPHABET = 'bcdfghjklmnpqrstvwxz2456789'
const SUFFIX_LENGTH = 5
const MAX_GENERATED_BASE = 63 - SUFFIX_LENGTH

/** `web-` + five random characters. */
export function generateName(base: string, random: Random): string {
  const stream = random.fork('generated-names')
  let name = base.slice(0, MAX_GENERATED_BASE)
  for (let i = 0; i < SUFFIX_LENGTH; i++) name += SUFFIX_ALPHABET[stream.int(SUFFIX_ALPHABET.length)]
  return name
}

/** A version 4 UUID. */
export function generateUid(random: Random): string {
  const stream = random.fork('uids')
  const digits: string[] = []
  for (let i = 0; i < 32; i++) {
    if (i === 8 || i === 12 || i === 16 || i === 20) digits.push('-')
    digits.push((i === 12 ? 4 : i === 16 ? 8 + stream.int(4) : stream.int(16)).toString(16))
  }
  // Joined, not added up: a string made of pieces keeps every piece in memory.
  return digits.join('')
}

/** A new object's metadata: the client's wishes plus uid and creation time; what only the server sets is dropped. */
export function metadataForCreate(
  object: KubeObject,
  namespace: string | undefined,
  name: string,
  server: { readonly uid: string; readonly now: number },
): NonNullable<KubeObject['metadata']> {
  const {
    deletionTimestamp: _deletion,
    deletionGracePeriodSeconds: _grace,
    selfLink: _link,
    resourceVersion: _version,
    namespace: _namespace,
    generation: _generation,
    ...wished
  } = object.metadata ?? {}
  return {
    ...FRESH,
    ...withoutEmpty(wished),
    name,
    ...(namespace !== undefined && { namespace }),
    uid: server.uid,
    creationTimestamp: timestamp(server.now),
  }
}

/** An updated object's metadata: what only the server sets stays as it was. */
export function metadataForUpdate(object: KubeObject, old: KubeObject): NonNullable<KubeObject['metadata']> {
  const { labels, annotations, finalizers, ownerReferences, managedFields, generateName: base } = object.metadata ?? {}
  const {
    labels: _labels,
    annotations: _annotations,
    finalizers: _finalizers,
    ownerReferences: _owners,
    managedFields: _managed,
    ...kept
  } = old.metadata ?? {}
  return withoutEmpty({
    ...FRESH,
    ...kept,
    ...(kept.generateName === undefined && base !== undefined && { generateName: base }),
    labels,
    annotations,
    finalizers,
    ownerReferences,
    managedFields,
  })
}

/** Empty maps and lists of metadata are not kept: upstream's `omitempty`. */
function withoutEmpty<T extends object>(metadata: T): T {
  if (!Object.values(metadata).some(isEmpty)) return metadata
  return Object.fromEntries(Object.entries(metadata).filter(([, value]) => !isEmpty(value))) as T
}

const isEmpty = (value: unknown): boolean =>
  value === undefined ||
  value === null ||
  value === '' ||
  (typeof value === 'object' && Object.keys(value).length === 0)

/** Does this write start a new generation? By default: `spec` differs. */
export function bumpsGeneration(kind: KindDefinition, object: KubeObject, old: KubeObject): boolean {
  return kind.strategy?.bumpsGeneration?.(object, old) ?? !jsonEqual(specOf(object), specOf(old))
}

/** New objects start at generation 1 in kinds that count generations: those where gaining a spec would bump it. */
export function withFirstGeneration(kind: KindDefinition, object: KubeObject): KubeObject {
  if (object.metadata?.generation !== undefined || specOf(object) === undefined) return object
  const { spec: _spec, ...withoutSpec } = object as KubeObject & { readonly spec?: unknown }
  if (!bumpsGeneration(kind, object, { ...withoutSpec, spec: {} } as KubeObject)) return object
  return { ...FRESH, ...object, metadata: { ...FRESH, ...object.metadata, generation: 1 } }
}

const specOf = (object: KubeObject): unknown => (object as KubeObject & { readonly spec?: unknown }).spec

/** `status` of any kind. */
export const statusOf = (object: KubeObject): unknown => (object as KubeObject & { readonly status?: unknown }).status

/** The object with another status, or without one. */
export function withStatus(object: KubeObject, status: unknown): KubeObject {
  const { status: _old, ...rest } = object as KubeObject & { readonly status?: unknown }
  return status === undefined ? rest : ({ ...FRESH, ...rest, status } as KubeObject)
}
