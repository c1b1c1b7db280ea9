/** What volumes, claims and those who use them are looked up by. */
import { defineIndex, type ObjectIndex } from '../api/object-index.ts'
import type { KubeObject } from '../api/types.ts'
import type { PersistentVolumeClaim, Pod } from '../generated/types.ts'

/** Pods by the claims that they mount, as `claimValue` names them. */
export const podsByClaim: ObjectIndex = defineIndex((object: KubeObject & Pick<Pod, 'spec'>) =>
  (object.spec?.volumes ?? []).flatMap(({ persistentVolumeClaim: claim }) =>
    claim ? [claimValue(object.metadata?.namespace, claim.claimName)] : [],
  ),
)

/** Claims by the volume they have; those that wait for one under `''`. */
export const claimsByVolume: ObjectIndex = defineIndex((object: KubeObject & Pick<PersistentVolumeClaim, 'spec'>) => [
  object.spec?.volumeName ?? '',
])

export const claimValue = (namespace: string | undefined, name: string | undefined): string =>
  `${namespace ?? ''}/${name ?? ''}`
