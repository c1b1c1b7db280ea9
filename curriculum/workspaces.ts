/** How each workspace's cluster begins: the home page's, a lesson's, an exercise's with the attempt's values. */
import { loadAll } from 'js-yaml'
import { type Cluster, createCluster, type KubeObject } from '../emulator/index.ts'
import { collectionPath } from './checks/read.ts'
import { exerciseDefinition, exerciseFolder, exerciseValues } from './exercises.ts'
import { setFaults } from './faults.ts'
import { contentPath, filesIn } from './files.ts'
import { lessonDefinition } from './lessons.ts'
import type { WorkspaceSpec } from './types.ts'
import { substitute, substituteAll } from './variables.ts'

/** Files lying in the learner's home on the home page: those of the first lesson. */
const HOME_LESSON = 'nodeport'

/** The workspace's beginning, or undefined for a key that names nothing. `seed` draws an exercise's values. */
export function workspaceSpec(key: string, seed: string): WorkspaceSpec | undefined {
  if (key === 'home') return lessonWorkspace(HOME_LESSON)
  const [kind, slug] = key.split(':')
  if (slug === undefined) return undefined
  return kind === 'lesson' ? lessonWorkspace(slug) : kind === 'exercise' ? exerciseWorkspace(slug, seed) : undefined
}

function lessonWorkspace(slug: string): WorkspaceSpec | undefined {
  const lesson = lessonDefinition(slug)
  if (lesson === undefined) return undefined
  return {
    ...lesson.workspace,
    files: Object.fromEntries(filesIn(contentPath('lessons', slug, 'files'))),
    manifests: [...filesIn(contentPath('lessons', slug, 'setup')).values()],
  }
}

function exerciseWorkspace(slug: string, seed: string): WorkspaceSpec | undefined {
  const exercise = exerciseDefinition(slug)
  const folder = exerciseFolder(slug)
  if (exercise === undefined || folder === undefined) return undefined
  const values = exerciseValues(slug, seed)
  const filled = (part: string) =>
    [...filesIn(`${folder}/${part}`)].map(([name, text]) => [name, substitute(text, values)] as const)
  return {
    ...exercise.workspace,
    faults: substituteAll(exercise.workspace.faults, values),
    files: Object.fromEntries(filled('files')),
    manifests: filled('setup').map(([, text]) => text),
  }
}

/** Builds the workspace's cluster: manifests applied and at rest, files in place. `startTime` in ms since the epoch. */
export function prepareCluster(
  spec: WorkspaceSpec,
  options: { readonly seed: string; readonly startTime: number },
): Cluster {
  const cluster = createCluster({ blueprint: spec.blueprint, seed: options.seed, startTime: options.startTime })
  for (const address of spec.install ?? []) install(cluster, address)
  for (const manifest of spec.manifests) applyManifest(cluster, manifest)
  if (spec.manifests.length > 0) cluster.settle(30)
  const files = cluster.machine(spec.machine)?.files
  if (files === undefined) throw new Error(`no machine ${spec.machine} in blueprint ${spec.blueprint}`)
  const home = spec.user === 'root' ? '/root' : `/home/${spec.user}`
  for (const [path, text] of Object.entries(spec.files))
    files.write(path.startsWith('/') ? path : `${home}/${path}`, text)
  setFaults(cluster, spec.faults ?? [])
  return cluster
}

/** Applies a manifest of the emulated internet and waits until its Pods run. */
function install(cluster: Cluster, address: string): void {
  const { response } = cluster.network.fetch({ kind: 'machine', name: 'laptop' }, address)
  if (response?.status !== 200) throw new Error(`there is no manifest at ${address}`)
  for (const document of documentsOf(response.body))
    send(cluster, document, {
      method: 'PATCH',
      path: `/${document.metadata?.name}`,
      query: { fieldManager: 'kubectl', force: 'true' },
      type: 'application/apply-patch+yaml',
    })
  cluster.settle(90)
}

/** Creates every object of a manifest. A refusal is a mistake of the content's author and throws. */
export function applyManifest(cluster: Cluster, manifest: string): void {
  for (const document of documentsOf(manifest))
    send(cluster, document, { method: 'POST', path: '', query: {}, type: 'application/json' })
}

const documentsOf = (manifest: string): readonly KubeObject[] =>
  (loadAll(manifest) as readonly (KubeObject | null)[]).flatMap((document) => document ?? [])

function send(
  cluster: Cluster,
  document: KubeObject,
  how: {
    readonly method: 'PATCH' | 'POST'
    readonly path: string
    readonly query: Record<string, string>
    readonly type: string
  },
): void {
  const collection = collectionPath(cluster, document.kind ?? '', document.metadata?.namespace ?? 'default')
  const response = cluster.request({
    method: how.method,
    path: `${collection}${how.path}`,
    query: how.query,
    headers: { 'content-type': how.type },
    body: JSON.stringify(document),
  })
  if (response.status >= 300) throw new Error(`manifest refused: ${reasonOf(response.body)}`)
}

/** What the API server says of a refusal. */
const reasonOf = (body: unknown): string =>
  typeof body === 'object' && body !== null && 'message' in body ? String(body.message) : JSON.stringify(body)
