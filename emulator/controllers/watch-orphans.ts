import type { KindDefinition } from '../api/kind.ts'
import type { KubeObject } from '../api/types.ts'
import type { LabelSelector } from '../generated/types.ts'
import { matchesLabelSelector } from '../kinds/format/labels.ts'
import { pod as podKind } from '../kinds/pod.ts'
import type { ControllerDefinition } from './controller.ts'
import { controllerOf, keyOf, labelsOf } from './metadata.ts'

type Selecting = KubeObject & { readonly spec?: { readonly selector?: LabelSelector } }

/** A Pod that nobody controls queues the workloads of this kind whose selector matches it: they may adopt it. */
export function watchOrphans<T extends KubeObject>(
  kind: KindDefinition<T>,
  selectorOf: (workload: T) => LabelSelector | undefined = (workload: Selecting) => workload.spec?.selector,
): NonNullable<ControllerDefinition['watches']>[number] {
  return {
    kind: podKind,
    keys: (object, { objects }) =>
      controllerOf(object)
        ? []
        : objects
            .list(kind, { namespace: object.metadata?.namespace })
            .filter((workload) => matchesLabelSelector(selectorOf(workload), labelsOf(object)))
            .map(keyOf),
  }
}
