/** `vars`: $(NAME) in containers' commands, arguments and variables stands for a field of an object. */
import { KubectlError } from '../errors.ts'
import type { Json } from '../yaml/parse.ts'
import type { Resource } from './resource.ts'
import { isMapping, type Mapping, mappingOf, mappingsOf, mapTexts, textOf } from './values.ts'

export interface Variable {
  readonly name: string
  readonly resource: Resource
  readonly path: readonly string[]
}

/** Throws KubectlError where an object is missing. */
export function variablesOf(resources: readonly Resource[], kustomization: Mapping): readonly Variable[] {
  return mappingsOf(kustomization.vars).map((entry) => {
    const name = textOf(entry.name)
    const reference = mappingOf(entry.objref)
    const wanted = textOf(reference.name)
    const found = resources.find((one) => one.kind === textOf(reference.kind) && one.names.includes(wanted))
    if (!found)
      throw new KubectlError(
        `var '{${name} {${textOf(reference.kind)} ${textOf(reference.apiVersion)} ${wanted}} {metadata.name}}' cannot be mapped to a field in the set of known resources`,
      )
    const path = textOf(mappingOf(entry.fieldref).fieldpath) || 'metadata.name'
    return { name, resource: found, path: path.split('.') }
  })
}

const FIELDS = new Set(['args', 'command', 'value', 'path', 'host', 'hostname', 'mountPath', 'subPath'])

export function replaceVariables(resources: readonly Resource[], variables: readonly Variable[]): void {
  if (variables.length === 0) return
  const values = new Map(variables.map(({ name, resource, path }) => [name, textOf(at(resource.object, path))]))
  const change = (text: string) => text.replace(/\$\(([^)]+)\)/g, (all, name: string) => values.get(name) ?? all)
  for (const resource of resources) resource.object = inFields(resource.object, change) as Mapping
}

function at(value: Json | undefined, [key, ...rest]: readonly string[]): Json | undefined {
  if (key === undefined) return value
  if (Array.isArray(value)) return at(value[Number(key)], rest)
  return isMapping(value) ? at(value[key], rest) : undefined
}

function inFields(value: Json, change: (text: string) => string): Json {
  if (Array.isArray(value)) return value.map((item) => inFields(item, change))
  if (!isMapping(value)) return value
  return Object.fromEntries(
    Object.entries(value).map(([key, item]) => [
      key,
      FIELDS.has(key) && !isMapping(item) ? mapTexts(item, change) : inFields(item, change),
    ]),
  )
}
