import { parseQuantity } from '../api/quantity.ts'
import { event as eventKind } from '../kinds/event.ts'
import { persistentVolumeClaim as claimKind } from '../kinds/persistent-volume-claim.ts'
import { defineController } from './controller.ts'
import { aboutValue, eventsByObject } from './indexes.ts'
import { nameOf, namespaceOf, uidOf } from './metadata.ts'

const REASON = 'ExternalExpanding'

/**
 * A bound claim that asks for more than it has waits for the resizer of its driver, for no volume of ours grows by itself;
 * local-path has none, so there it waits for ever (upstream: pkg/controller/volume/expand/expand_controller.go syncHandler).
 */
export const volumeExpandController = defineController({
  name: 'volume_expand',
  for: claimKind,
  delayMs: [10, 40],
  reconcile(key, { objects, recorder }) {
    const claim = objects.get(claimKind, key.namespace, key.name)
    if (claim?.status?.phase !== 'Bound') return undefined
    const { capacity } = claim.status
    if (sizeOf(claim.spec?.resources?.requests?.storage) <= sizeOf(capacity?.storage)) return undefined
    const told = objects
      .listBy(eventKind, eventsByObject, aboutValue(namespaceOf(claim), nameOf(claim)))
      .some(({ reason, involvedObject }) => reason === REASON && involvedObject.uid === uidOf(claim))
    if (!told) recorder.event(claim, 'Normal', REASON, 'waiting for an external controller to expand this PVC')
    return undefined
  },
})

const sizeOf = (text = '0'): bigint => parseQuantity(text)?.nano ?? 0n
