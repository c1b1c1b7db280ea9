import type { ConfigMap, Pod } from '../../generated/types.ts'
import type { NetworkContainer, World } from '../world.ts'

/** A changed ConfigMap reaches the files of a Pod with the kubelet's sync, once a minute; CoreDNS looks every 30 s. */
const TAKEN_UP_MS = 45_000

/** The Corefile that CoreDNS finds in its volume by now; undefined where it is not in a ConfigMap, or has just been changed. */
export function mountedCorefile({ objects, clock }: World, { spec }: NetworkContainer): string | undefined {
  const pod = objects.pod(spec.namespace, spec.podName)
  const source = pod && configMapKey(pod, spec.containerName)
  const configMap = source && objects.configMap(spec.namespace, source.name)
  if (configMap === undefined || clock.now() - changedAt(configMap) < TAKEN_UP_MS) return undefined
  return configMap.data?.[source?.key ?? '']
}

/** Where the file behind `-conf` comes from. Mounts of a subPath never change. */
function configMapKey({ spec }: Pod, container: string): { readonly name: string; readonly key: string } | undefined {
  const template = spec?.containers.find(({ name }) => name === container)
  const words = [...(template?.command ?? []), ...(template?.args ?? [])]
  const path = words[words.indexOf('-conf') + 1] ?? ''
  for (const { name, mountPath, subPath } of template?.volumeMounts ?? []) {
    const folder = `${mountPath.replace(/\/$/, '')}/`
    const configMap = spec?.volumes?.find((volume) => volume.name === name)?.configMap
    if (subPath || configMap?.name === undefined || !path.startsWith(folder)) continue
    const file = path.slice(folder.length)
    const item = configMap.items?.find((candidate) => candidate.path === file)
    return { name: configMap.name, key: configMap.items === undefined ? file : (item?.key ?? '') }
  }
  return undefined
}

function changedAt({ metadata }: ConfigMap): number {
  const times = [metadata?.creationTimestamp, ...(metadata?.managedFields ?? []).map(({ time }) => time)]
  return Math.max(0, ...times.map((time) => (time === undefined ? 0 : Date.parse(String(time)))))
}
