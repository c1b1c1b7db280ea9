import type { Pod } from '../../generated/types.ts'
import { byBytes } from '../format/labels.ts'

/** The text that a downward-API field path stands for, or undefined if it names no supported field (upstream: pkg/fieldpath). */
export function podFieldText(pod: Pod, path: string): string | undefined {
  const { metadata, spec, status } = pod
  const keyed = /^metadata\.(labels|annotations)\['(.*)'\]$/.exec(path)
  if (keyed) {
    const map = keyed[1] === 'labels' ? metadata?.labels : metadata?.annotations
    const key = keyed[2] ?? ''
    return map && Object.hasOwn(map, key) ? map[key] : ''
  }
  switch (path) {
    case 'metadata.name':
      return metadata?.name ?? ''
    case 'metadata.namespace':
      return metadata?.namespace ?? ''
    case 'metadata.uid':
      return metadata?.uid ?? ''
    case 'metadata.labels':
      return mapText(metadata?.labels)
    case 'metadata.annotations':
      return mapText(metadata?.annotations)
    case 'spec.nodeName':
      return spec?.nodeName ?? ''
    case 'spec.serviceAccountName':
      return spec?.serviceAccountName ?? ''
    case 'status.hostIP':
      return status?.hostIP ?? ''
    case 'status.hostIPs':
      return (status?.hostIPs ?? []).map(({ ip }) => ip).join(',')
    case 'status.podIP':
      return status?.podIP ?? ''
    case 'status.podIPs':
      return (status?.podIPs ?? []).map(({ ip }) => ip ?? '').join(',')
    default:
      return undefined
  }
}

/** One `key="value"` a line, sorted by key. */
function mapText(map: { readonly [key: string]: string } | undefined): string {
  return Object.entries(map ?? {})
    .sort(([a], [b]) => byBytes(a, b))
    .map(([key, value]) => `${key}=${JSON.stringify(value)}`)
    .join('\n')
}
