/** Static Pods that somebody puts into a node's manifest folder (upstream: pkg/kubelet/config/file.go, common.go). */
import { load } from 'js-yaml'
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
