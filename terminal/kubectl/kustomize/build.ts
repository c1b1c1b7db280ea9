/** `kubectl kustomize` and `-k`: a directory's kustomization made into plain objects (upstream: sigs.k8s.io/kustomize). */
import { resolvePath } from '../../../emulator/index.ts'
import { KubectlError } from '../errors.ts'
import { documentsOf } from '../resources/documents.ts'
import type { Json } from '../yaml/parse.ts'
import { generate } from './generators.ts'
import { contentHash } from './hash.ts'
import { deprecationsOf, readKustomization } from './kustomization-file.ts'
import { sortForOutput } from './order.ts'
import { applyPatches } from './patches.ts'
import { type Files, isBelow, missingFile, outside, Place } from './place.ts'
import { fixReferences } from './references.ts'
import { applyReplacements } from './replacements.ts'
import { Resource } from './resource.ts'
import { transform } from './transformers.ts'
import { isMapping, listOf, type Mapping, mappingOf, textOf } from './values.ts'
import { replaceVariables, type Variable, variablesOf } from './vars.ts'

const REMOTE = /^(?:https?:|git@|git::|ssh:)|^[\w.-]+\.[a-z]+\/[^/]+\/[^/]+/

export interface BuildOptions {
  readonly warn?: (line: string) => void
  /** Files may lie outside of the kustomization's directory. */
  readonly anywhere?: boolean
}

/** The objects of a directory, in the order they are printed. Throws KubectlError. */
export async function buildKustomization(
  files: Files,
  directory: string,
  cwd: string,
  options: BuildOptions = {},
): Promise<readonly Mapping[]> {
  const root = resolvePath(cwd, directory)
  if (REMOTE.test(directory)) throw new KubectlError(fetchFailure(directory))
  if (!(await files.isDirectory(root))) {
    const exists = (await files.read(root)) !== undefined
    throw new KubectlError(
      exists
        ? `must build at directory: '${directory}': file is not directory`
        : `must build at directory: not a valid directory: evalsymlink failure on '${directory}' : lstat ${root}: no such file or directory`,
    )
  }
  const build = new Build(files, options)
  const resources = await build.target(root, [])
  for (const resource of resources.filter(({ needsHash }) => needsHash))
    resource.rename(`${resource.name}-${contentHash(resource)}`)
  fixReferences(resources)
  replaceVariables(resources, build.variables)
  return sortForOutput(resources.map(({ object }) => object))
}

/** One run over a tree of kustomizations. */
class Build {
  readonly #files: Files
  readonly #options: BuildOptions
  variables: readonly Variable[] = []

  constructor(files: Files, options: BuildOptions) {
    this.#files = files
    this.#options = options
  }

  /** The resources of a directory; components change those that came before them. */
  async target(
    root: string,
    visited: readonly string[],
    given: readonly Resource[] = [],
  ): Promise<readonly Resource[]> {
    const place = new Place(this.#files, root, this.#options.anywhere)
    const kustomization = await readKustomization(place)
    if (!kustomization)
      throw new KubectlError(
        `unable to find one of 'kustomization.yaml', 'kustomization.yml' or 'Kustomization' in directory '${root}'`,
      )
    for (const warning of deprecationsOf(kustomization)) this.#options.warn?.(warning)
    const path = [...visited, root]
    let resources: Resource[] = [...given]
    for (const entry of [...listOf(kustomization.resources), ...listOf(kustomization.bases)])
      resources = append(resources, await this.#accumulate(textOf(entry), place, path), textOf(entry), place)
    resources = [...(await generate(resources, kustomization, place))]
    for (const entry of listOf(kustomization.components)) {
      const directory = place.at(textOf(entry))
      resources = [...(await this.target(directory, path, resources))]
    }
    resources = [...(await applyPatches(resources, kustomization, place))]
    transform(resources, kustomization)
    await applyReplacements(resources, kustomization, place)
    this.variables = [...this.variables, ...variablesOf(resources, kustomization)]
    return resources
  }

  async #accumulate(entry: string, place: Place, visited: readonly string[]): Promise<readonly Resource[]> {
    const failed = (first: string, second: string) =>
      new KubectlError(
        `accumulating resources: accumulation err='accumulating resources from '${entry}': ${first}': ${second}`,
      )
    if (REMOTE.test(entry)) throw failed(`Get "${entry}": ${NO_NETWORK}`, fetchFailure(entry))
    const full = place.at(entry)
    if (await this.#files.isDirectory(full)) {
      const wrapped = `'${full}' must resolve to a file`
      if (visited.some((seen) => isBelow(seen, full)))
        throw failed(
          wrapped,
          `cycle detected: candidate root '${full}' contains visited root '${visited.find((seen) => isBelow(seen, full))}'`,
        )
      return this.target(full, visited).catch((error: unknown) => {
        if (!(error instanceof KubectlError)) throw error
        const target = error.message.startsWith('unable to find one of')
        throw failed(
          wrapped,
          `${target ? "couldn't make target for path" : 'recursed accumulation of path'} '${full}': ${error.message}`,
        )
      })
    }
    const text = await this.#files.read(full)
    if (text === undefined)
      throw failed(missingFile(full), `must build at directory: not a valid directory: ${missingFile(full)}`)
    const notDirectory = `must build at directory: '${full}': file is not directory`
    if (!place.allows(full)) throw failed(outside(full, place.root), notDirectory)
    return objectsOf(text, entry, (why) => failed(why, notDirectory))
  }
}

const NO_NETWORK = 'dial tcp: lookup of other networks: no such host'
const fetchFailure = (url: string) =>
  `failed to run '/usr/bin/git fetch --depth=1 ${url} HEAD': this machine has no way to other networks`

function objectsOf(text: string, source: string, failed: (why: string) => KubectlError): readonly Resource[] {
  return documentsOf(text, source).flatMap((document) => {
    const problem: unknown = document
    if (problem instanceof Error) {
      const why = problem.message.replace(/^.*error converting YAML to JSON: /, '')
      throw new KubectlError(
        `accumulating resources: accumulating resources from '${source}': MalformedYAMLError: ${why} in File: ${source}`,
      )
    }
    return flattened(document as Json).map((object) => {
      if (!isMapping(object.metadata)) throw failed('missing Resource metadata')
      if (textOf(object.kind) === '') throw failed('missing Resource kind')
      if (textOf(mappingOf(object.metadata).name) === '' && mappingOf(object.metadata).generateName === undefined)
        throw failed(
          'missing metadata.name in object {{' +
            `${textOf(object.apiVersion)} ${textOf(object.kind)}} {{ } map[] map[]}}`,
        )
      return new Resource(object)
    })
  })
}

function flattened(value: Json): readonly Mapping[] {
  if (!isMapping(value)) return []
  return textOf(value.kind).endsWith('List') && Array.isArray(value.items) ? value.items.flatMap(flattened) : [value]
}

/** Throws KubectlError for what is there already. */
function append(before: readonly Resource[], added: readonly Resource[], entry: string, place: Place): Resource[] {
  for (const one of added) {
    const twin = before.find(
      (other) =>
        other.kind === one.kind &&
        other.group === one.group &&
        other.name === one.name &&
        (other.namespace || 'default') === (one.namespace || 'default'),
    )
    if (twin)
      throw new KubectlError(
        `accumulating resources: accumulation err='merging resources from '${entry}': may not add resource with an already registered id: ${one.id}': must build at directory: '${place.at(entry)}': file is not directory`,
      )
  }
  return [...before, ...added]
}
