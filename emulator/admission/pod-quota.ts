import type { AdmissionPlugin } from '../api/admission.ts'
import { forbidden } from '../api/errors.ts'

/** More than the nodes run (110 each), and what keeps `replicas: 2147483647` from never ending. */
export const MAX_PODS = 400

/** No real plug-in, but it speaks as ResourceQuota does, so controllers stop and say why. */
export const podQuota: AdmissionPlugin = {
  name: 'PodQuota',
  validate({ operation, kind, name, objects }) {
    if (operation !== 'CREATE' || kind.group !== '' || kind.plural !== 'pods') return
    if (objects.list(kind).length < MAX_PODS) return
    throw forbidden(kind, name, `exceeded quota: this cluster holds at most ${MAX_PODS} Pods`)
  },
}
