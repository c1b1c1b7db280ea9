// Field documentation that @kubernetes/client-node's models lack: that of fields whose type is a structure of its own,
// and the line breaks of all. Both stand in kubernetes-types, which is generated from the same OpenAPI (of an earlier
// release, so it only completes what the models say).
import { existsSync, readFileSync } from 'node:fs'
import { join } from 'node:path'

const FOLDERS = [
  [/^io\.k8s\.apimachinery\.pkg\.apis\.meta\.(v\w+)\./, 'meta'],
  [/^io\.k8s\.apiextensions-apiserver\.pkg\.apis\.apiextensions\.(v\w+)\./, 'apiextensions'],
  [/^io\.k8s\.api\.(?<group>\w+)\.(v\w+)\./, undefined],
]

/** `core/v1.d.ts` of `io.k8s.api.core.v1.Pod`. */
function fileOf(definition) {
  for (const [pattern, folder] of FOLDERS) {
    const match = pattern.exec(definition)
    if (match) return `${folder ?? match.groups.group}/${match[folder ? 1 : 2]}.d.ts`
  }
  return undefined
}

/** Documentation by interface and field of one declaration file. */
function readInterfaces(path) {
  const interfaces = {}
  const source = existsSync(path) ? readFileSync(path, 'utf8') : ''
  for (const [, name, body] of source.matchAll(/export interface (\w+)[^{]*\{([\s\S]*?)\n\}/g)) {
    interfaces[name] = {}
    for (const [, text, field] of body.matchAll(/\/\*\*((?:(?!\*\/)[\s\S])*)\*\/\s*["']?([\w$-]+)["']?\??:/g))
      interfaces[name][field] = text.replace(/\n\s*\* ?/g, '\n').trim()
  }
  return interfaces
}

const words = (text) => text.replace(/\s+/g, ' ').trim()

/** Completes the documentation of every model in place. `types` is the folder of kubernetes-types. */
export function completeDocumentation(schema, types) {
  const files = new Map()
  for (const model of Object.values(schema)) {
    const file = model.definition && fileOf(model.definition)
    if (!file) continue
    if (!files.has(file)) files.set(file, readInterfaces(join(types, file)))
    const documented = files.get(file)[model.definition.slice(model.definition.lastIndexOf('.') + 1)] ?? {}
    for (const [name, field] of Object.entries(model.fields)) {
      const text = documented[name]
      if (!text) continue
      const borrowed = field.type === 'IntOrString' || (schema[field.type] && !field.container)
      if (field.doc === '' || borrowed || words(text) === words(field.doc)) field.doc = text
    }
  }
}

const NAMED_SCALARS = [
  ['Time', 'meta/v1.d.ts'],
  ['MicroTime', 'meta/v1.d.ts'],
  ['Quantity', 'api/resource.d.ts'],
]

/** Documentation of the scalars that OpenAPI gives a name of their own. */
export function scalarDocumentation(schema, types) {
  const entries = NAMED_SCALARS.map(([name, file]) => {
    const source = readFileSync(join(types, file), 'utf8')
    const match = new RegExp(`/\\*\\*((?:(?!\\*/)[\\s\\S])*)\\*/\\s*export type ${name} =`).exec(source)
    return [name, (match?.[1] ?? '').replace(/\n\s*\* ?/g, '\n').trim()]
  })
  // The models themselves document this one, in the place of the field that has it.
  return { ...Object.fromEntries(entries), IntOrString: schema.ServicePort.fields.targetPort.doc }
}
