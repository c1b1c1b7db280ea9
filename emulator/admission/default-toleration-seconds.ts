import type { AdmissionPlugin } from '../api/admission.ts'
import type { Pod, Toleration } from '../generated/types.ts'

const keys = ['node.kubernetes.io/not-ready', 'node.kubernetes.io/unreachable']

/** Pods stay five minutes on a node that is lost (upstream: plugin/pkg/admission/defaulttolerationseconds). */
export const defaultTolerationSeconds: AdmissionPlugin = {
  name: 'DefaultTolerationSeconds',
  admit({ kind, object, subresource }) {
    if (kind.plural !== 'pods' || kind.group !== '' || !object || subresource) return undefined
    const pod: Pod = object
    const tolerations = pod.spec?.tolerations ?? []
    const covered = (key: string) =>
      tolerations.some(
        (toleration) =>
          (!toleration.key || toleration.key === key) && (!toleration.effect || toleration.effect === 'NoExecute'),
      )
    const added = keys
      .filter((key) => !covered(key))
      .map((key): Toleration => ({ key, operator: 'Exists', effect: 'NoExecute', tolerationSeconds: 300 }))
    if (added.length === 0 || !pod.spec) return undefined
    return { ...pod, spec: { ...pod.spec, tolerations: [...tolerations, ...added] } }
  },
}
