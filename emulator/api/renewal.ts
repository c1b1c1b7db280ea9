/** Times in objects that their component moves on without anybody looking: they are worked out when they are read. */
import type { KindDefinition } from './kind.ts'
import type { KubeObject } from './types.ts'

/** How objects of a kind read now; undefined for kinds that read as they were written, which are nearly all. */
export type Renewal = (kind: KindDefinition) => ((object: KubeObject) => KubeObject) | undefined

/** One object as it reads now. */
export const renewed = (renewal: Renewal, kind: KindDefinition, object: KubeObject): KubeObject =>
  renewal(kind)?.(object) ?? object

/** Objects as they read now; the list itself where nothing moves. */
export function allRenewed(
  renewal: Renewal,
  kind: KindDefinition,
  objects: readonly KubeObject[],
): readonly KubeObject[] {
  const renew = renewal(kind)
  return renew ? objects.map(renew) : objects
}
