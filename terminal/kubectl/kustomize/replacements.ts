/** `replacements`: values copied from one object's field into others' (upstream: kustomize/api/filters/replacement). */
import { KubectlError } from '../errors.ts'
import { type Json, parseYaml } from '../yaml/parse.ts'
import type { Place } from './place.ts'
import type { Resource } from './resource.ts'
import { selects } from './select.ts'
import { isMapping, listOf, type Mapping, mappingOf, mappingsOf, textOf } from './values.ts'

/** Throws KubectlError. */
export async function applyReplacements(
  resources: readonly Resource[],
  kustomization: Mapping,
  place: Place,
): Promise<void> {
  for (const entry of mappingsOf(kustomization.replacements)) {
    const rules = entry.path === undefined ? [entry] : await fromFile(textOf(entry.path), place)
    for (const rule of rules) applyRule(resources, rule)
  }
}

async function fromFile(path: string, place: Place): Promise<readonly Mapping[]> {
  const value = parseYaml(await place.read(path, (problem) => problem))
  return Array.isArray(value) ? mappingsOf(value) : isMapping(value) ? [value] : []
}

function applyRule(resources: readonly Resource[], rule: Mapping): void {
  const source = mappingOf(rule.source)
  const found = resources.filter((resource) => selects(exact(source), resource))
  const [from] = found
  if (!from) throw new KubectlError(`nothing selected by ${idOf(source)}`)
  if (found.length > 1) throw new KubectlError(`multiple matches for selector ${idOf(source)}`)
  const path = fieldPath(textOf(source.fieldPath) || 'metadata.name')
  const value = valueAt(from.object, path)
  if (value === undefined)
    throw new KubectlError(
      `fieldPath \`${textOf(source.fieldPath) || 'metadata.name'}\` is missing for replacement source ${idOf(source)}`,
    )
  const picked = part(value, mappingOf(source.options))
  for (const target of mappingsOf(rule.targets)) applyTarget(resources, target, picked)
}

const escaped = (text: string) => text.replace(/[.*+?^${}()|[\]\\]/g, '\\$&')
const exact = (selector: Mapping): Mapping =>
  Object.fromEntries(
    ['group', 'version', 'kind', 'name', 'namespace']
      .filter((key) => selector[key] !== undefined)
      .map((key) => [key, escaped(textOf(selector[key]))]),
  )
/** The selector as it was written. */
const idOf = (source: Mapping) =>
  `${textOf(source.kind) || '[noKind]'}.${textOf(source.version) || '[noVer]'}.${textOf(source.group) || '[noGrp]'}/${textOf(source.name) || '[noName]'}.${textOf(source.namespace) || '[noNs]'}`

function part(value: Json, { delimiter, index }: Mapping): Json {
  if (delimiter === undefined) return value
  return textOf(value).split(textOf(delimiter))[Number(index ?? 0)] ?? ''
}

function applyTarget(resources: readonly Resource[], target: Mapping, value: Json): void {
  const select = mappingOf(target.select)
  const rejected = mappingsOf(target.reject)
  const options = mappingOf(target.options)
  const paths = listOf(target.fieldPaths).map(textOf)
  for (const resource of resources) {
    if (!selects(exact(select), resource) || rejected.some((reject) => selects(exact(reject), resource))) continue
    for (const path of paths.length > 0 ? paths : ['metadata.name'])
      resource.object = setAt(resource.object, fieldPath(path), (old) => laid(old, value, options), {
        create: options.create === true,
        path,
      }) as Mapping
  }
}

/** With a delimiter only one piece of the old text is replaced; an index outside of it adds one. */
function laid(old: Json | undefined, value: Json, { delimiter, index }: Mapping): Json {
  if (delimiter === undefined || typeof old !== 'string') return typeof old === 'string' ? textOf(value) : value
  const pieces = old.split(textOf(delimiter))
  const at = Number(index ?? 0)
  if (at < 0) pieces.unshift(textOf(value))
  else if (at >= pieces.length) pieces.push(textOf(value))
  else pieces[at] = textOf(value)
  return pieces.join(textOf(delimiter))
}

/** `spec.template.spec.containers.[name=web].image`, `metadata.annotations.[a.b/c]`, `x.*.y`, `a\.b`. */
function fieldPath(path: string): readonly string[] {
  return [...path.matchAll(/\[([^\]]*)\]|((?:\\.|[^.\\[])+)/g)].map((match) =>
    match[1] !== undefined ? `[${match[1]}]` : (match[2] ?? '').replaceAll('\\.', '.'),
  )
}

const condition = (step: string) => /^\[([^=]+)=(.*)\]$/.exec(step)
const plainKey = (step: string) => step.replace(/^\[(.*)\]$/, '$1')

function elements(list: readonly Json[], step: string): readonly number[] {
  if (step === '*') return list.map((_, index) => index)
  const wanted = condition(step)
  if (!wanted) return /^\d+$/.test(plainKey(step)) ? [Number(plainKey(step))] : []
  const [, key = '', value = ''] = wanted
  return list.flatMap((item, index) => (isMapping(item) && textOf(item[key]) === value ? [index] : []))
}

function valueAt(value: Json | undefined, [step, ...rest]: readonly string[]): Json | undefined {
  if (step === undefined || value === undefined) return value
  if (Array.isArray(value)) return valueAt(value[elements(value, step)[0] ?? -1], rest)
  return isMapping(value) ? valueAt(value[plainKey(step)], rest) : undefined
}

interface Setting {
  readonly create: boolean
  readonly path: string
}

function setAt(
  value: Json | undefined,
  [step, ...rest]: readonly string[],
  change: (old: Json | undefined) => Json,
  setting: Setting,
): Json {
  if (step === undefined) return change(value)
  if (Array.isArray(value)) {
    const chosen = elements(value, step)
    if (chosen.length === 0 && !setting.create) throw lost(setting)
    return value.map((item: Json, index) => (chosen.includes(index) ? setAt(item, rest, change, setting) : item))
  }
  const holder = isMapping(value) ? value : undefined
  const key = plainKey(step)
  if ((holder === undefined || holder[key] === undefined) && !setting.create) throw lost(setting)
  return { ...holder, [key]: setAt(holder?.[key], rest, change, setting) }
}

const lost = ({ path }: Setting) =>
  new KubectlError(`unable to find field ${JSON.stringify(path)} in replacement target`)
