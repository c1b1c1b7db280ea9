import { KubectlError } from '../errors.ts'
import { type Json, parseYaml } from '../yaml/parse.ts'
import { YamlError } from '../yaml/tokens.ts'
import type { Place } from './place.ts'
import { isMapping, type Mapping } from './values.ts'

const NAMES = ['kustomization.yaml', 'kustomization.yml', 'Kustomization']

type Shape = 'string' | '[]string' | 'map' | '[]map' | 'any'
const FIELDS: { readonly [field: string]: Shape } = {
  apiVersion: 'string',
  bases: '[]string',
  buildMetadata: '[]string',
  commonAnnotations: 'map',
  commonLabels: 'map',
  components: '[]string',
  configMapGenerator: '[]map',
  configurations: '[]string',
  crds: '[]string',
  generatorOptions: 'map',
  generators: '[]string',
  helmCharts: '[]map',
  helmGlobals: 'map',
  images: '[]map',
  kind: 'string',
  labels: '[]map',
  metadata: 'map',
  namePrefix: 'string',
  nameSuffix: 'string',
  namespace: 'string',
  openapi: 'map',
  patches: '[]map',
  patchesJson6902: '[]map',
  patchesStrategicMerge: '[]string',
  replacements: '[]map',
  replicas: '[]map',
  resources: '[]string',
  secretGenerator: '[]map',
  sortOptions: 'any',
  transformers: '[]string',
  validators: '[]string',
  vars: '[]map',
}
/** Fields that would run other programs or read tables of rules. */
const NOT_EMULATED = ['configurations', 'generators', 'helmCharts', 'helmGlobals', 'transformers', 'validators']

const DEPRECATED = [
  ['bases', "'resources' instead."],
  ['commonLabels', "'labels' instead."],
  ['patchesJson6902', "'patches' instead."],
  ['patchesStrategicMerge', "'patches' instead."],
  ['vars', "'replacements' instead. [EXPERIMENTAL]"],
] as const

/** The directory's kustomization with its warnings; undefined if it has none. Throws KubectlError. */
export async function readKustomization(place: Place): Promise<Mapping | undefined> {
  const texts: string[] = []
  for (const name of NAMES) {
    const text = await place.files.read(place.at(name))
    if (text !== undefined) texts.push(text)
  }
  if (texts.length > 1) throw new KubectlError(`Found multiple kustomization files under: ${place.root}\n`)
  const [text] = texts
  if (text === undefined) return undefined
  const value = parsed(text)
  if (value === undefined || value === null) throw new KubectlError('kustomization.yaml is empty')
  if (!isMapping(value))
    throw invalid(`json: cannot unmarshal ${typeName(value)} into Go value of type types.Kustomization`)
  checkFields(value)
  if (Object.keys(value).length === 0) throw new KubectlError('kustomization.yaml is empty')
  return value
}

export function deprecationsOf(kustomization: Mapping): readonly string[] {
  return DEPRECATED.filter(([field]) => kustomization[field] !== undefined).map(
    ([field, instead]) =>
      `# Warning: '${field}' is deprecated. Please use ${instead} Run 'kustomize edit fix' to update your Kustomization automatically.`,
  )
}

const invalid = (why: string) => new KubectlError(`invalid Kustomization: ${why}`)

function parsed(text: string): Json | undefined {
  try {
    return parseYaml(text)
  } catch (error) {
    if (error instanceof YamlError) throw invalid(error.message)
    throw error
  }
}

function checkFields(value: Mapping): void {
  for (const [field, content] of Object.entries(value)) {
    const shape = FIELDS[field]
    if (shape === undefined) throw invalid(`json: unknown field ${JSON.stringify(field)}`)
    if (content !== null) checkShape(field, shape, content)
    if (NOT_EMULATED.includes(field))
      throw new KubectlError(`the kustomization field ${JSON.stringify(field)} is not emulated in this cluster`)
  }
}

function checkShape(field: string, shape: Shape, content: Json): void {
  const list = shape.startsWith('[]')
  const fits =
    shape === 'any' || (list ? Array.isArray(content) : shape === 'map' ? isMapping(content) : typeof content === shape)
  if (fits) return
  const go = shape === 'map' ? 'map[string]string' : shape
  throw invalid(`json: cannot unmarshal ${typeName(content)} into Go struct field Kustomization.${field} of type ${go}`)
}

function typeName(value: Json): string {
  if (Array.isArray(value)) return 'array'
  return typeof value === 'boolean' ? 'bool' : typeof value
}
