import type { AdmissionPlugin } from '../api/admission.ts'
import type { Ingress } from '../generated/types.ts'
import { ingress } from '../kinds/ingress.ts'
import { ingressClass } from '../kinds/ingress-class.ts'
import { newestFirst } from './newest-first.ts'

const DEFAULT_CLASS = 'ingressclass.kubernetes.io/is-default-class'
const OLD_CLASS = 'kubernetes.io/ingress.class'

/** Ingresses that name no class get the default one (upstream: plugin/pkg/admission/network/defaultingressclass). */
export const defaultIngressClass: AdmissionPlugin = {
  name: 'DefaultIngressClass',
  admit({ operation, kind, object, objects }) {
    if (operation !== 'CREATE' || kind !== ingress || !object) return undefined
    const wanted: Ingress = object
    if (wanted.spec?.ingressClassName !== undefined || wanted.metadata?.annotations?.[OLD_CLASS] !== undefined)
      return undefined
    const [chosen] = objects
      .list(ingressClass)
      .filter(({ metadata }) => metadata?.annotations?.[DEFAULT_CLASS] === 'true')
      .sort(newestFirst)
    if (!chosen) return undefined
    return { ...wanted, spec: { ...wanted.spec, ingressClassName: chosen.metadata?.name ?? '' } }
  },
}
