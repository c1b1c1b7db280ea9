/** What volumes, claims and those who use them are looked up by. */
import { defineIndex, type ObjectIndex } from '../api/object-index.ts'
import type { KubeObject } from '../api/types.ts'
import type { PersistentVolumeClaim, Pod, Volume } from '../generated/types.ts'

/** Pods by the claims that they mount, as `claimValue` names them. */
export const podsByClaim: ObjectIndex = defineIndex((object: KubeObject & Pick<Pod, 'spec'>) =>
  claimsOf(object).map((name) => claimValue(object.metadata?.namespace, name)),
)

/** The claim that a volume stands for: one that is named, or one that comes and goes with the Pod. */
export function claimOf(pod: KubeObject, { name, persistentVolumeClaim, ephemeral }: Volume): string | undefined {
  return persistentVolumeClaim?.claimName ?? (ephemeral && `${pod.metadata?.name ?? ''}-${name}`)
}

/** All claims that a Pod mounts. */
export const claimsOf = (pod: KubeObject & Pick<Pod, 'spec'>): readonly string[] =>
  (pod.spec?.volumes ?? []).flatMap((volume) => claimOf(pod, volume) ?? [])

/** Claims by the volume they have; those that wait for one under `''`. */
export const claimsByVolume: ObjectIndex = defineIndex((object: KubeObject & Pick<PersistentVolumeClaim, 'spec'>) => [
  object.spec?.volumeName ?? '',
])

export const claimValue = (namespace: string | undefined, name: string | undefined): string =>
  `${namespace ?? ''}/${name ?? ''}`
