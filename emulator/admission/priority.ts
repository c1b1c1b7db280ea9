import type { AdmissionPlugin } from '../api/admission.ts'
import { forbidden } from '../api/errors.ts'
import type { Pod } from '../generated/types.ts'

/** The two classes that every cluster has; PriorityClass objects of a user's own are not served yet. */
const systemClasses: ReadonlyMap<string, number> = new Map([
  ['system-cluster-critical', 2_000_000_000],
  ['system-node-critical', 2_000_001_000],
])

/** Turns a priority class into a number (upstream: plugin/pkg/admission/priority). */
export const priority: AdmissionPlugin = {
  name: 'Priority',
  admit({ operation, kind, name, object, subresource }) {
    if (operation !== 'CREATE' || kind.plural !== 'pods' || kind.group !== '' || !object || subresource)
      return undefined
    const pod: Pod = object
    if (!pod.spec) return undefined
    const { priorityClassName } = pod.spec
    const value = priorityClassName ? systemClasses.get(priorityClassName) : 0
    if (value === undefined) {
      throw forbidden(kind, name, `no PriorityClass with name ${priorityClassName} was found`)
    }
    return { ...pod, spec: { ...pod.spec, priority: value, preemptionPolicy: 'PreemptLowerPriority' } }
  },
}
