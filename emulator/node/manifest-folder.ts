/** Static Pods that somebody puts into a node's manifest folder (upstream: pkg/kubelet/config/file.go, common.go). */
import { load, YAMLException } from 'js-yaml'
import { timestamp } from '../api/age.ts'
import { isRecord } from '../api/json.ts'
import { md5 } from '../controllers/md5.ts'
import type { Pod } from '../generated/types.ts'
import type { FileTree } from './files.ts'

const folder = '/etc/kubernetes/manifests'
const maxManifestBytes = 64 * 1024

/** What tells whether the folder has changed. */
export function folderState(files: FileTree): string {
  return manifestsOf(files)
    .map((path) => `${path} ${files.stat(path)?.modified} ${files.stat(path)?.size}`)
    .join('\n')
}

function manifestsOf(files: FileTree): readonly string[] {
  if (files.stat(folder)?.kind !== 'directory') return []
  return files
    .list(folder)
    .filter((name) => !name.startsWith('.'))
    .map((name) => `${folder}/${name}`)
    .filter((path) => files.stat(path)?.kind === 'file')
}

/** The Pods of the folder as their mirrors show them; what cannot be read is left out, as a kubelet logs and goes on. */
export function podsInFolder(files: FileTree | undefined, node: string, now: number): readonly Pod[] {
  if (!files) return []
  return manifestsOf(files).flatMap((path) => podOf(files.read(path) ?? '', node, now) ?? [])
}

/** Files of the folder that are no Pods, each with what the kubelet logs of it (upstream: pkg/kubelet/config/common.go). */
export function badManifests(files: FileTree): readonly { readonly path: string; readonly problem: string }[] {
  return manifestsOf(files).flatMap((path) => {
    const text = files.read(path) ?? ''
    if (podOf(text, '', 0) !== undefined) return []
    return [{ path, problem: `couldn't parse as pod(${parseProblem(text)}), please check config file` }]
  })
}

function parseProblem(text: string): string {
  try {
    const value = load(text)
    if (!isRecord(value)) return 'yaml: could not be read as an object'
    if (value.kind !== 'Pod' || value.apiVersion !== 'v1')
      return value.kind === undefined
        ? `Object 'Kind' is missing in '${JSON.stringify(value)}'`
        : `no kind ${JSON.stringify(value.kind)} is registered for version ${JSON.stringify(value.apiVersion ?? '')} in scheme "pkg/api/legacyscheme/scheme.go:30"`
    return 'invalid pod'
  } catch (error) {
    const mark = error instanceof YAMLException ? error.mark : undefined
    const reason = error instanceof YAMLException ? error.reason : ''
    return `yaml: line ${mark === undefined ? 1 : mark.line + 1}: ${YAML_WORDS.find(([ours]) => reason.includes(ours))?.[1] ?? reason}`
  }
}

/** js-yaml's reasons in go-yaml's words. */
const YAML_WORDS: readonly (readonly [ours: string, theirs: string])[] = [
  ['bad indentation of a mapping entry', 'mapping values are not allowed in this context'],
  ['can not read a block mapping entry', "could not find expected ':'"],
  ['can not read an implicit mapping pair', "could not find expected ':'"],
  ['tab characters', 'found character that cannot start any token'],
]

function podOf(text: string, node: string, now: number): Pod | undefined {
  const value = text.length > maxManifestBytes ? undefined : parsed(text)
  if (!isRecord(value) || value.kind !== 'Pod' || value.apiVersion !== 'v1') return undefined
  const { metadata, spec } = value as Pod
  if (typeof metadata?.name !== 'string' || typeof spec !== 'object' || spec === null) return undefined
  const hash = md5(`${node}${text}`)
  return {
    apiVersion: 'v1',
    kind: 'Pod',
    metadata: {
      name: `${metadata.name}-${node}`,
      namespace: metadata.namespace ?? 'default',
      ...(metadata.labels && { labels: metadata.labels }),
      annotations: {
        ...metadata.annotations,
        'kubernetes.io/config.hash': hash,
        'kubernetes.io/config.mirror': hash,
        'kubernetes.io/config.seen': timestamp(now),
        'kubernetes.io/config.source': 'file',
      },
    },
    spec: {
      ...spec,
      containers: spec.containers ?? [],
      nodeName: node,
      tolerations: [...(spec.tolerations ?? []), { effect: 'NoExecute', operator: 'Exists' }],
    },
  }
}

function parsed(text: string): unknown {
  try {
    return load(text)
  } catch {
    return undefined
  }
}
