import type { AdmissionPlugin } from '../api/admission.ts'
import { forbidden } from '../api/errors.ts'

/**
 * What keeps `replicas: 2147483647` from never ending. No real plug-in, but it speaks as ResourceQuota does, so
 * controllers stop and say why.
 */
export function podQuota(maxPods: number): AdmissionPlugin {
  return {
    name: 'PodQuota',
    validate({ operation, kind, name, objects }) {
      if (operation !== 'CREATE' || kind.group !== '' || kind.plural !== 'pods') return
      if (objects.list(kind).length < maxPods) return
      throw forbidden(kind, name, `exceeded quota: this cluster holds at most ${maxPods} Pods`)
    },
  }
}
