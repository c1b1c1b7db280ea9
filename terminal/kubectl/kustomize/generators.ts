/** configMapGenerator and secretGenerator. */
import { KubectlError } from '../errors.ts'
import type { Json } from '../yaml/parse.ts'
import type { Place } from './place.ts'
import { Resource } from './resource.ts'
import { isMapping, listOf, type Mapping, mappingOf, mappingsOf, textOf } from './values.ts'

/** New objects, or additions to those of the bases. Throws KubectlError. */
export async function generate(
  resources: readonly Resource[],
  kustomization: Mapping,
  place: Place,
): Promise<readonly Resource[]> {
  const result = [...resources]
  for (const kind of ['ConfigMap', 'Secret'] as const)
    for (const generator of mappingsOf(kustomization[kind === 'ConfigMap' ? 'configMapGenerator' : 'secretGenerator']))
      await generateOne(result, kind, { generator, common: mappingOf(kustomization.generatorOptions), place })
  return result
}

interface Setting {
  readonly generator: Mapping
  readonly common: Mapping
  readonly place: Place
}

async function generateOne(result: Resource[], kind: string, { generator, common, place }: Setting): Promise<void> {
  const options = merged(common, mappingOf(generator.options))
  const object = await objectOf(kind, generator, options, place)
  const made = new Resource(object, options.disableNameSuffixHash !== true)
  const behavior = textOf(generator.behavior) || 'create'
  const [name, namespace] = [made.name, made.namespace]
  const existing = result.find(
    (one) => one.kind === kind && one.names.includes(name) && (namespace === '' || one.namespace === namespace),
  )
  if (behavior === 'create') {
    if (existing)
      throw new KubectlError(
        `merging from generator: may not add resource with an already registered id: ${existing.id}`,
      )
    result.push(made)
    return
  }
  if (!existing)
    throw new KubectlError(
      `merging from generator: id resid.ResId{Gvk:resid.Gvk{Group:"", Version:"v1", Kind:"${kind}", isClusterScoped:false}, Name:"${name}", Namespace:"${namespace}"} does not exist; cannot merge or replace`,
    )
  const { metadata, ...content } = made.object
  const extra = mappingOf(metadata)
  const old = mappingOf(existing.object.metadata)
  existing.object = {
    ...existing.object,
    ...content,
    data:
      behavior === 'merge'
        ? { ...mappingOf(existing.object.data), ...mappingOf(content.data) }
        : mappingOf(content.data),
    metadata: {
      ...old,
      ...(isMapping(extra.labels) && { labels: { ...mappingOf(old.labels), ...extra.labels } }),
      ...(isMapping(extra.annotations) && { annotations: { ...mappingOf(old.annotations), ...extra.annotations } }),
    },
  }
  existing.needsHash ||= made.needsHash
}

function merged(common: Mapping, own: Mapping): Mapping {
  const labels = { ...mappingOf(common.labels), ...mappingOf(own.labels) }
  const annotations = { ...mappingOf(common.annotations), ...mappingOf(own.annotations) }
  return {
    ...common,
    ...own,
    ...(Object.keys(labels).length > 0 && { labels }),
    ...(Object.keys(annotations).length > 0 && { annotations }),
  }
}

async function objectOf(kind: string, generator: Mapping, options: Mapping, place: Place): Promise<Mapping> {
  const data = await dataOf(generator, place)
  const encoded = data.map(([key, value]): readonly [string, string] => [
    key,
    kind === 'Secret' ? Buffer.from(value).toString('base64') : value,
  ])
  return {
    apiVersion: 'v1',
    ...(encoded.length > 0 && { data: Object.fromEntries(encoded) }),
    ...(options.immutable === true && { immutable: true }),
    kind,
    metadata: {
      name: textOf(generator.name),
      ...(generator.namespace !== undefined && { namespace: generator.namespace }),
      ...(isMapping(options.labels) && { labels: options.labels }),
      ...(isMapping(options.annotations) && { annotations: options.annotations }),
    },
    ...(kind === 'Secret' && { type: textOf(generator.type) || 'Opaque' }),
  }
}

async function dataOf(generator: Mapping, place: Place): Promise<readonly (readonly [string, string])[]> {
  const texts = (value: Json | undefined) => listOf(value).map(textOf)
  const [literals, files] = [texts(generator.literals), texts(generator.files)]
  const envs = [...texts(generator.envs), ...(generator.env === undefined ? [] : [textOf(generator.env)])]
  const reading = (what: string, all: readonly string[]) => (problem: string) =>
    `loading KV pairs: ${what} sources: [${all.join(' ')}]: ${problem}`
  const data: (readonly [string, string])[] = []
  for (const source of envs)
    for (const line of (await place.read(source, reading('env source files', envs))).split('\n')) {
      const trimmed = line.trimStart()
      if (trimmed !== '' && !trimmed.startsWith('#')) data.push(pairOf(trimmed) ?? [trimmed, ''])
    }
  for (const literal of literals) {
    const pair = pairOf(literal)
    if (!pair)
      throw new KubectlError(
        `loading KV pairs: literal sources [${literals.join(' ')}]: invalid literal source ${literal}, expected key=value`,
      )
    data.push([pair[0], pair[1].replace(/^(["'])(.*)\1$/s, '$2')])
  }
  for (const source of files) {
    const pair = pairOf(source)
    const path = pair ? pair[1] : source
    data.push([pair ? pair[0] : (path.split('/').pop() ?? path), await place.read(path, reading('file', files))])
  }
  return data
}

function pairOf(text: string): readonly [string, string] | undefined {
  const equals = text.indexOf('=')
  return equals < 1 ? undefined : [text.slice(0, equals), text.slice(equals + 1)]
}
