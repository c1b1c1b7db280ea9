/** How volumes of files follow what they show (upstream: kubelet's pod workers, volumemanager, configmap manager). */

import { renewedEvery } from '../authentication/pod-token.ts'
import { namespaceOf, uidOf } from '../controllers/metadata.ts'
import type { Pod } from '../generated/types.ts'
import { configMap as configMapKind } from '../kinds/config-map.ts'
import { secret as secretKind } from '../kinds/secret.ts'
import type { FileVolume, VolumeFile } from './file-volume.ts'
import type { PodPass } from './kubelet-sync.ts'
import { MountError } from './mount-error.ts'
import type { Container } from './runtime.ts'
import { containerMounts, podVolumes, type VolumeContext } from './volumes.ts'

/** A kubelet looks at each of its Pods again after this time, and up to half as much again (pod_workers.go). */
const SYNC_MS = 60_000
const JITTER_MS = 30_000
const IMMUTABLE = 'immutable'

/**
 * Writes a Pod's volumes of files anew. A change of the Pod itself makes the kubelet look at once; that a ConfigMap or a
 * Secret changed it sees when it comes round to the Pod, after 60 to 90 s at most.
 */
export function refreshVolumes(pass: PodPass): void {
  const { own, pod, now } = pass
  // A Pod of the blueprint has been seen by nobody yet: what its volumes show may be old already.
  const old = own.volumesSeen === undefined && own.sandboxAt === 0 && outdated(pass).length > 0
  const seen = own.volumesSeen ?? (old ? { objects: '', pod: podVersion(pod) } : undefined)
  const current = { objects: versions(pass, seen?.objects.split(' ') ?? []), pod: podVersion(pod) }
  if (seen === undefined) {
    own.volumesSeen = current
    return
  }
  if (seen.objects === current.objects && seen.pod === current.pod) {
    if (seen.refreshAt !== undefined) own.volumesSeen = current
    return
  }
  const at = seen.pod === current.pod ? (seen.refreshAt ?? nextSync(pod, own.sandboxAt ?? 0, now)) : now
  if (now < at) {
    own.volumesSeen = { ...seen, refreshAt: at }
    pass.wake(at, true)
    return
  }
  own.volumesSeen = current
  for (const { container, volumes } of outdated(pass)) container.rewrite(volumes)
}

interface Outdated {
  readonly container: Container
  /** All its volumes of files, as they should be. */
  readonly volumes: readonly FileVolume[]
}

/** The running containers whose volumes of files show something old. What cannot be mounted stays as it is, with an event. */
function outdated(pass: PodPass): readonly Outdated[] {
  const { pod, own, now, runtime } = pass
  const addressed = { ...pod, status: { ...pod.status, podIP: own.podIP ?? '' } }
  try {
    const mounted = podVolumes({ ...pass, pod: addressed })
    return [...(pod.spec?.initContainers ?? []), ...(pod.spec?.containers ?? [])].flatMap((template) => {
      const container = runtime.get(uidOf(pod), template.name)
      const old = container?.spec.fileVolumes
      if (container?.state.kind !== 'running' || old === undefined) return []
      const { fileVolumes = [] } = containerMounts(template, pod, mounted, now)
      const volumes = fileVolumes.map((volume) => unchanged(volume, old) ?? volume)
      return volumes.some((volume) => !old.includes(volume)) ? [{ container, volumes }] : []
    })
  } catch (error) {
    if (!(error instanceof MountError)) throw error
    pass.event('Warning', 'FailedMount', error.message)
    return []
  }
}

/**
 * Writes tokens anew whose time to be renewed has come: worked out when somebody looks at the container, so that a
 * cluster at rest has nothing to do (upstream: kubelet/token/token_manager.go requiresRefresh).
 */
export function renewTokens(
  pod: Pod,
  container: Container,
  { token, now }: { readonly token: VolumeContext['token']; readonly now: number },
): void {
  if (container.state.kind !== 'running') return
  const old = container.spec.fileVolumes ?? []
  const volumes = old.map((volume) => {
    const sources = pod.spec?.volumes?.find(({ name }) => name === volume.name)?.projected?.sources ?? []
    const tokens = sources.flatMap(({ serviceAccountToken }) => serviceAccountToken ?? [])
    const due = tokens.some(({ expirationSeconds }) => now - volume.writtenAt >= renewedEvery(expirationSeconds))
    if (!due) return volume
    const fresh = new Map(tokens.map((projection) => [projection.path, token(pod, projection)]))
    const files = volume.files.map(
      ([path, content, ...mode]): VolumeFile => [path, fresh.get(path) ?? content, ...mode],
    )
    return { ...volume, writtenAt: now, files }
  })
  if (volumes.some((volume, index) => volume !== old[index])) container.rewrite(volumes)
}

/** The volume as it is, where it shows the same. */
function unchanged(volume: FileVolume, old: readonly FileVolume[]): FileVolume | undefined {
  const same = old.find(({ path }) => path === volume.path)
  return same !== undefined && JSON.stringify(same.files) === JSON.stringify(volume.files) ? same : undefined
}

function nextSync(pod: Pod, since: number, now: number): number {
  let spread = 0
  for (const character of uidOf(pod)) spread = (spread * 31 + character.charCodeAt(0)) % JITTER_MS
  const every = SYNC_MS + spread
  return since + (Math.floor((now - since) / every) + 1) * every
}

/** What of the Pod itself volumes show, and what makes the kubelet look at it. */
function podVersion({ metadata, spec }: Pod): string {
  if (
    !spec?.volumes?.some(
      ({ configMap, secret, downwardAPI, projected }) => configMap ?? secret ?? downwardAPI ?? projected,
    )
  )
    return ''
  let sum = 0
  const text = JSON.stringify([metadata?.generation, metadata?.labels, metadata?.annotations])
  for (let index = 0; index < text.length; index += 1) sum = (Math.imul(sum, 31) + text.charCodeAt(index)) | 0
  return sum.toString(36)
}

/** The versions of the ConfigMaps and Secrets behind a Pod's volumes. One that was immutable is never looked at again, not even when it is gone. */
function versions({ pod, objects }: PodPass, before: readonly string[]): string {
  const parts: string[] = []
  const add = (kind: typeof configMapKind | typeof secretKind, name: string | undefined): void => {
    if (name === undefined) return
    const found = objects.get(kind, namespaceOf(pod), name)
    const isFixed = found?.immutable === true || before[parts.length] === IMMUTABLE
    parts.push(isFixed ? IMMUTABLE : (found?.metadata?.resourceVersion ?? '-'))
  }
  for (const { configMap, secret, projected } of pod.spec?.volumes ?? []) {
    if (configMap) add(configMapKind, configMap.name)
    if (secret) add(secretKind, secret.secretName)
    for (const source of projected?.sources ?? []) {
      if (source.configMap) add(configMapKind, source.configMap.name)
      if (source.secret) add(secretKind, source.secret.name)
    }
  }
  return parts.join(' ')
}
