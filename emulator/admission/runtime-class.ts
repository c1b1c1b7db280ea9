import type { AdmissionPlugin } from '../api/admission.ts'
import { forbidden } from '../api/errors.ts'
import { jsonEqual } from '../api/json.ts'
import type { Pod, RuntimeClass, Toleration } from '../generated/types.ts'
import { runtimeClass } from '../kinds/runtime-class.ts'

/** A Pod takes over what its runtime class costs and where it runs (upstream: plugin/pkg/admission/runtimeclass). */
export const runtimeClassPlugin: AdmissionPlugin = {
  name: 'RuntimeClass',
  admit({ operation, kind, name, object, objects, subresource }) {
    if (operation !== 'CREATE' || kind.plural !== 'pods' || kind.group !== '' || !object || subresource)
      return undefined
    const pod: Pod = object
    const wanted = pod.spec?.runtimeClassName
    if (!wanted || !pod.spec) return undefined
    const found = objects.get(runtimeClass, undefined, wanted)
    if (!found) throw forbidden(kind, name, `pod rejected: RuntimeClass ${JSON.stringify(wanted)} not found`)
    const { overhead, nodeSelector = {} } = pod.spec
    const fixed = found.overhead?.podFixed
    if (overhead && fixed && !jsonEqual(overhead, fixed))
      throw forbidden(kind, name, "pod rejected: Pod's Overhead doesn't match RuntimeClass's defined Overhead")
    const wantedNodes = found.scheduling?.nodeSelector ?? {}
    for (const [key, value] of Object.entries(wantedNodes))
      if (Object.hasOwn(nodeSelector, key) && nodeSelector[key] !== value)
        throw forbidden(
          kind,
          name,
          `conflict: runtimeClass.scheduling.nodeSelector[${key}] = ${value}; pod.spec.nodeSelector[${key}] = ${nodeSelector[key]}`,
        )
    return { ...pod, spec: { ...pod.spec, ...(fixed && { overhead: fixed }), ...placement(pod, found) } }
  },
}

function placement({ spec }: Pod, { scheduling }: RuntimeClass): Partial<NonNullable<Pod['spec']>> {
  const tolerations: Toleration[] = [...(spec?.tolerations ?? [])]
  for (const toleration of scheduling?.tolerations ?? [])
    if (!tolerations.some((each) => jsonEqual(each, toleration))) tolerations.push(toleration)
  return {
    ...(scheduling?.nodeSelector && { nodeSelector: { ...spec?.nodeSelector, ...scheduling.nodeSelector } }),
    ...(tolerations.length > 0 && { tolerations }),
  }
}
