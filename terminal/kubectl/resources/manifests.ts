/** `-f`: files, directories and standard input, read into documents (upstream: cli-runtime/pkg/resource/visitor.go). */
import type { JsonValue, KubeObject } from '../../../emulator/index.ts'
import { apiVersionOf, type Discovery, type ResourceType } from '../api/discovery.ts'
import type { Invocation } from '../cli/subcommand.ts'
import { ConnectionError, KubectlError, throwAll } from '../errors.ts'
import { buildKustomization } from '../kustomize/build.ts'
import type { Json } from '../yaml/parse.ts'
import { documentsOf } from './documents.ts'
import { readUrl } from './read-url.ts'

/** A document with the type it is of. */
export interface Manifest {
  readonly type: ResourceType
  readonly object: KubeObject
  readonly name: string
  readonly namespace: string | undefined
  /** File name as given, `STDIN`, or '' for objects from elsewhere. */
  readonly source: string
}

export interface ManifestResult {
  readonly manifests: readonly Manifest[]
  readonly errors: readonly Error[]
}

export interface ManifestOptions {
  readonly filenames: readonly string[]
  /** Directory of a kustomization, with `-k`. */
  readonly kustomization: string | undefined
  readonly recursive: boolean
  /** False with `--validate=false`: a missing kind is then found later, in other words. */
  readonly validate: boolean
  readonly discovery: Discovery
  /** With `--local`: types are known by what files say, and nothing is added. */
  readonly local?: boolean
}

const EXTENSIONS = /\.(?:json|yaml|yml)$/

/** Reads every file; mistakes are collected, the rest goes on. Throws KubectlError if a path does not exist. */
export async function readManifests(invocation: Invocation, options: ManifestOptions): Promise<ManifestResult> {
  const manifests: Manifest[] = []
  const errors: Error[] = []
  if (options.kustomization !== undefined) {
    const { files, cwd, err } = invocation.context
    const warn = (line: string) => err(`${line}\n`)
    const built = await kustomized(() => buildKustomization(files, options.kustomization ?? '', cwd, { warn }))
    if (built instanceof Error) return { manifests, errors: [built] }
    for (const object of built) {
      const manifest = identify(invocation, object, options.kustomization, options)
      if (manifest instanceof Error) errors.push(manifest)
      else manifests.push(manifest)
    }
    return { manifests, errors }
  }
  for (const { source, text } of await readSources(invocation, options)) {
    for (const result of documentsOf(text, source)) {
      if (result instanceof Error) {
        errors.push(result)
        break
      }
      for (const object of flatten(result)) {
        const manifest = identify(invocation, object, source, options)
        if (manifest instanceof Error) errors.push(manifest)
        else manifests.push(manifest)
      }
    }
  }
  return { manifests, errors }
}

async function kustomized<T>(build: () => Promise<T>): Promise<T | KubectlError> {
  try {
    return await build()
  } catch (error) {
    if (error instanceof KubectlError) return error
    throw error
  }
}

async function readSources(
  { context }: Invocation,
  { filenames, recursive }: ManifestOptions,
): Promise<readonly { readonly source: string; readonly text: string }[]> {
  const sources: { source: string; text: string }[] = []
  const missing: KubectlError[] = []
  for (const name of filenames) {
    if (name === '-') sources.push({ source: 'STDIN', text: context.stdin })
    else if (/^https?:\/\//.test(name)) sources.push({ source: name, text: readUrl(context, name) })
    else {
      const paths = await expand(context.files, name, recursive)
      if (paths === undefined) {
        missing.push(new KubectlError(`the path "${name}" does not exist`))
        continue
      }
      for (const path of paths) sources.push({ source: path, text: (await context.files.read(path)) ?? '' })
      if (paths.length === 0)
        throw new KubectlError(
          `error reading [${filenames.join(' ')}]: recognized file extensions are [.json .yaml .yml]`,
        )
    }
  }
  throwAll(missing)
  return sources
}

async function expand(
  files: Invocation['context']['files'],
  path: string,
  recursive: boolean,
): Promise<readonly string[] | undefined> {
  if (!(await files.isDirectory(path))) return (await files.read(path)) === undefined ? undefined : [path]
  const found: string[] = []
  const base = path.replace(/^\.\/?$/, '').replace(/\/+$/, '')
  for (const entry of [...(await files.list(path))].sort()) {
    const child = base === '' ? (path.startsWith('/') ? `/${entry}` : entry) : `${base}/${entry}`
    if (await files.isDirectory(child)) {
      if (recursive) found.push(...((await expand(files, child, true)) ?? []))
    } else if (EXTENSIONS.test(entry)) found.push(child)
  }
  return found
}

function flatten(document: Json): readonly Json[] {
  if (!isMapping(document) || document.kind !== 'List' || !Array.isArray(document.items)) return [document]
  return document.items.flatMap(flatten)
}

const isMapping = (value: Json | undefined): value is { [key: string]: Json } =>
  typeof value === 'object' && value !== null && !Array.isArray(value)

const HINT = 'if you choose to ignore these errors, turn validation off with --validate=false'

function identify(invocation: Invocation, value: Json, source: string, options: ManifestOptions): Manifest | Error {
  if (!isMapping(value)) {
    if (options.validate)
      return new KubectlError(
        `error validating "${source}": error validating data: invalid object to validate; ${HINT}`,
      )
    return new KubectlError(
      `error parsing ${source}: couldn't get version/kind; json parse error: json: cannot unmarshal ${jsonType(value)} into Go value of type struct { APIVersion string "json:\\"apiVersion,omitempty\\""; Kind string "json:\\"kind,omitempty\\"" }`,
    )
  }
  const missing = ['apiVersion', 'kind'].filter((key) => typeof value[key] !== 'string' || value[key] === '')
  if (missing.length > 0) return missingType(value, missing, source, options.validate)
  const mistyped = metadataMistake(value.metadata)
  if (mistyped) return new KubectlError(`unable to decode "${source}": json: cannot unmarshal ${mistyped}`)
  const { apiVersion, kind } = value as { apiVersion: string; kind: string }
  const metadata = isMapping(value.metadata) ? value.metadata : {}
  const name = typeof metadata.name === 'string' ? metadata.name : ''
  const namespace = typeof metadata.namespace === 'string' ? metadata.namespace : ''
  if (options.local)
    return {
      type: localType(invocation, apiVersion, kind),
      object: value as KubeObject,
      name,
      namespace: namespace || undefined,
      source,
    }
  const type = typeFor(invocation, options, { apiVersion, kind, source })
  if (type instanceof Error) return type
  if (!type)
    return new KubectlError(
      `resource mapping not found for name: "${name}" namespace: "${namespace}" from "${source}": no matches for kind "${kind}" in version "${apiVersion}"\nensure CRDs are installed first`,
    )
  const object = value as KubeObject
  if (!type.namespaced) return { type, object, name, namespace: undefined, source }
  if (invocation.namespaceEnforced && namespace !== '' && namespace !== invocation.namespace)
    return new KubectlError(
      `the namespace from the provided object "${namespace}" does not match the namespace "${invocation.namespace}". You must pass '--namespace=${namespace}' to perform this operation.`,
    )
  const target = namespace || invocation.namespace
  return { type, object: withNamespace(object, target), name, namespace: target, source }
}

/** A type without a server (upstream: resource/mapper.go, the mapper of unstructured objects without discovery). */
function localType({ context }: Invocation, apiVersion: string, kind: string): ResourceType {
  const [group, version] = apiVersion.includes('/') ? apiVersion.split('/', 2) : ['', apiVersion]
  const known = context.cluster.kinds.find((k) => k.kind === kind && k.group === group)
  const plural = kind.toLowerCase()
  const rest = { shortNames: [], categories: [], verbs: [], singular: plural }
  return { group: group ?? '', version: version ?? '', plural, kind, namespaced: known?.scope !== 'Cluster', ...rest }
}

/** Validation fetches the schemas before any type is looked up (upstream: resource/visitor.go, kubectl/pkg/validation). */
function typeFor(
  { api, flags }: Invocation,
  { discovery, validate }: ManifestOptions,
  { apiVersion, kind, source }: { readonly apiVersion: string; readonly kind: string; readonly source: string },
): ResourceType | undefined | Error {
  const checked = validate && flags.has('validate')
  try {
    if (checked) api.reachFor('GET', '/openapi/v2')
    return discovery.forKind(apiVersion, kind)
  } catch (error) {
    if (!(error instanceof ConnectionError)) throw error
    if (!checked) return new KubectlError(`unable to recognize "${source}": ${error.message}`)
    const why = `error validating "${source}": error validating data: failed to download openapi: ${error.message}`
    throw new KubectlError(`${why}; ${HINT}`)
  }
}

function missingType(
  value: { [key: string]: Json },
  missing: readonly string[],
  source: string,
  validate: boolean,
): Error {
  const mistyped = missing.find((key) => value[key] !== undefined && value[key] !== '' && value[key] !== null)
  const texts = missing.map((key) => (key === mistyped ? `${key} isn't string type` : `${key} not set`))
  if (validate)
    return new KubectlError(
      `error validating "${source}": error validating data: ${texts.length > 1 ? `[${texts.join(', ')}]` : texts[0]}; ${HINT}`,
    )
  if (mistyped !== undefined)
    return new KubectlError(
      `unable to decode "${source}": json: cannot unmarshal ${jsonType(value[mistyped] ?? null)} into Go struct field metadataOnlyObject.${mistyped} of type string`,
    )
  const what = missing.includes('kind') ? 'Kind' : 'apiVersion'
  return new KubectlError(`unable to decode "${source}": Object '${what}' is missing in '${JSON.stringify(value)}'`)
}

/** What Go says of metadata that does not fit its types. */
function metadataMistake(metadata: Json | undefined): string | undefined {
  if (metadata === undefined || metadata === null) return undefined
  const into = (value: Json, where: string) => `${jsonType(value)} into Go struct field ${where}`
  if (!isMapping(metadata)) return into(metadata, 'metadataOnlyObject.metadata of type v1.ObjectMeta')
  for (const name of ['name', 'generateName', 'namespace']) {
    const value = metadata[name] ?? ''
    if (typeof value !== 'string') return into(value, `ObjectMeta.metadata.${name} of type string`)
  }
  for (const name of ['labels', 'annotations']) {
    const map = metadata[name] ?? {}
    if (!isMapping(map)) return into(map, `ObjectMeta.metadata.${name} of type map[string]string`)
    const wrong = Object.values(map).find((value) => typeof value !== 'string' && value !== null)
    if (wrong !== undefined) return into(wrong, `ObjectMeta.metadata.${name} of type string`)
  }
  return undefined
}

function jsonType(value: Json): string {
  return Array.isArray(value) ? 'array' : typeof value === 'boolean' ? 'bool' : typeof value
}

/** A copy in that namespace. */
export function withNamespace(object: KubeObject, namespace: string): KubeObject {
  return { ...object, metadata: { ...object.metadata, namespace } }
}

/** An object built by a command itself, as a manifest. */
export function manifestOf(
  type: ResourceType,
  object: { readonly [field: string]: JsonValue },
  namespace: string,
): Manifest {
  const typed = { ...object, apiVersion: apiVersionOf(type), kind: type.kind } as KubeObject
  return {
    type,
    object: typed,
    name: typed.metadata?.name ?? '',
    namespace: type.namespaced ? namespace : undefined,
    source: '',
  }
}
