/** `kubectl kustomize` and `-k`: a directory's kustomization made into plain objects (upstream: sigs.k8s.io/kustomize). */
import type { Invocation } from '../cli/subcommand.ts'
import { KubectlError } from '../errors.ts'
import { documentsOf } from '../resources/documents.ts'
import { type Json, parseYaml } from '../yaml/parse.ts'
import { generate } from './generators.ts'
import { sortForOutput } from './order.ts'
import { type Entry, isMapping, type Mapping, transform } from './transformers.ts'

type Files = Invocation['context']['files']
const NAMES = ['kustomization.yaml', 'kustomization.yml', 'Kustomization']
const KNOWN = new Set([
  'apiVersion',
  'kind',
  'metadata',
  'resources',
  'bases',
  'namePrefix',
  'nameSuffix',
  'namespace',
  'labels',
  'commonLabels',
  'commonAnnotations',
  'configMapGenerator',
  'secretGenerator',
  'generatorOptions',
  'images',
  'replicas',
])
const DEEPEST = 20

/** The objects of a directory, in the order they are printed. Throws KubectlError. */
export async function buildKustomization(files: Files, directory: string, cwd: string): Promise<readonly Mapping[]> {
  return sortForOutput((await build(files, directory.replace(/\/+$/, '') || '/', cwd, 0)).map(({ object }) => object))
}

async function build(files: Files, directory: string, cwd: string, depth: number): Promise<readonly Entry[]> {
  if (depth > DEEPEST) throw new KubectlError(`cycle detected: kustomizations refer to each other in '${directory}'`)
  const kustomization = await readKustomization(files, directory, cwd)
  const entries: Entry[] = []
  for (const path of listOf(kustomization.resources).concat(listOf(kustomization.bases))) {
    const full = `${directory}/${String(path)}`.replace(/^\.\//, '')
    if (await files.isDirectory(full)) entries.push(...(await build(files, full, cwd, depth + 1)))
    else entries.push(...(await readResources(files, full, String(path), directory)))
  }
  entries.push(...(await generate(files, directory, kustomization)))
  return transform(entries, kustomization)
}

async function readKustomization(files: Files, directory: string, cwd: string): Promise<Mapping> {
  for (const name of NAMES) {
    const text = await files.read(directory === '.' ? name : `${directory}/${name}`)
    if (text === undefined) continue
    const value = parseYaml(text) ?? {}
    if (!isMapping(value)) throw new KubectlError(`invalid Kustomization: ${directory}/${name} is no mapping`)
    const strange = Object.keys(value).find((key) => !KNOWN.has(key))
    if (strange !== undefined)
      throw new KubectlError(`the kustomization field ${JSON.stringify(strange)} is not emulated in this cluster`)
    return value
  }
  const shown = directory.startsWith('/') ? directory : directory === '.' ? cwd : `${cwd}/${directory}`
  throw new KubectlError(
    `unable to find one of 'kustomization.yaml', 'kustomization.yml' or 'Kustomization' in directory '${shown}'`,
  )
}

async function readResources(files: Files, path: string, given: string, directory: string): Promise<readonly Entry[]> {
  const text = await files.read(path)
  if (text === undefined)
    throw new KubectlError(
      `accumulating resources: accumulation err='accumulating resources from '${given}': open ${directory}/${given}: no such file or directory'`,
    )
  return documentsOf(text, given).map((document) => {
    if (document instanceof Error) throw document
    if (!isMapping(document))
      throw new KubectlError(`accumulating resources from '${given}': missing metadata.name in object`)
    return { object: document, generated: false }
  })
}

export function listOf(value: Json | undefined): readonly Json[] {
  return Array.isArray(value) ? value : []
}
