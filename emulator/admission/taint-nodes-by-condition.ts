import type { AdmissionPlugin } from '../api/admission.ts'
import type { Node } from '../generated/types.ts'

const taint = { key: 'node.kubernetes.io/not-ready', effect: 'NoSchedule' }

/** A node that has just joined takes no Pods until its kubelet reports (upstream: plugin/pkg/admission/nodetaint). */
export const taintNodesByCondition: AdmissionPlugin = {
  name: 'TaintNodesByCondition',
  admit({ operation, kind, object }) {
    if (operation !== 'CREATE' || kind.plural !== 'nodes' || kind.group !== '' || !object) return undefined
    const node: Node = object
    const taints = node.spec?.taints ?? []
    if (taints.some(({ key, effect }) => key === taint.key && effect === taint.effect)) return undefined
    return { ...node, spec: { ...node.spec, taints: [...taints, taint] } }
  },
}
