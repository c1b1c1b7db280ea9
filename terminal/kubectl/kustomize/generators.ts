/** configMapGenerator and secretGenerator. */

import type { Invocation } from '../cli/subcommand.ts'
import { KubectlError } from '../errors.ts'
import type { Json } from '../yaml/parse.ts'
import { type Entry, isMapping, type Mapping } from './transformers.ts'

type Files = Invocation['context']['files']

/** Objects that carry a hash of their content in their name, unless the options say otherwise. Throws KubectlError. */
export async function generate(files: Files, directory: string, kustomization: Mapping): Promise<readonly Entry[]> {
  const common = isMapping(kustomization.generatorOptions) ? kustomization.generatorOptions : {}
  const entries: Entry[] = []
  for (const kind of ['ConfigMap', 'Secret'] as const) {
    const list = kustomization[kind === 'ConfigMap' ? 'configMapGenerator' : 'secretGenerator']
    for (const generator of Array.isArray(list) ? list : []) {
      if (!isMapping(generator)) continue
      const options = { ...common, ...(isMapping(generator.options) ? generator.options : {}) }
      const data = await dataOf(files, directory, generator)
      const values = kind === 'Secret' ? data.map(([k, v]) => [k, Buffer.from(v).toString('base64')] as const) : data
      const object: Mapping = {
        apiVersion: 'v1',
        kind,
        metadata: { name: String(generator.name ?? ''), ...labelsOf(options) },
        ...(values.length > 0 && { data: Object.fromEntries(values) }),
        ...(kind === 'Secret' && { type: String(generator.type ?? 'Opaque') }),
      }
      entries.push({ object, generated: options.disableNameSuffixHash !== true })
    }
  }
  return entries
}

function labelsOf(options: Mapping): Mapping {
  return {
    ...(isMapping(options.labels) && { labels: options.labels }),
    ...(isMapping(options.annotations) && { annotations: options.annotations }),
  }
}

async function dataOf(
  files: Files,
  directory: string,
  generator: Mapping,
): Promise<readonly (readonly [string, string])[]> {
  const texts = (value: Json | undefined) => (Array.isArray(value) ? value.map(String) : [])
  const read = async (path: string) => {
    const text = await files.read(`${directory}/${path}`)
    if (text === undefined)
      throw new KubectlError(`loading KV pairs: file sources: open ${directory}/${path}: no such file or directory`)
    return text
  }
  const data: (readonly [string, string])[] = []
  for (const literal of texts(generator.literals)) data.push(pairOf(literal))
  for (const source of texts(generator.files)) {
    const equals = source.indexOf('=')
    const path = source.slice(equals + 1)
    data.push([equals < 0 ? (path.split('/').pop() ?? path) : source.slice(0, equals), await read(path)])
  }
  for (const source of texts(generator.envs))
    for (const line of (await read(source)).split('\n'))
      if (line.trim() !== '' && !line.startsWith('#')) data.push(pairOf(line))
  return data
}

function pairOf(text: string): readonly [string, string] {
  const equals = text.indexOf('=')
  if (equals < 1)
    throw new KubectlError(`loading KV pairs: literal sources: invalid literal source ${text}, expected key=value`)
  return [text.slice(0, equals), text.slice(equals + 1).replace(/^(["'])(.*)\1$/, '$2')]
}
