import type { AdmissionPlugin, AdmissionRequest } from '../api/admission.ts'
import { forbidden } from '../api/errors.ts'
import type { Pod, PriorityClass } from '../generated/types.ts'
import { priorityClass as priorityClassKind } from '../kinds/priority-class.ts'

/** Turns a Pod's priority class into a number, and allows one default class only (upstream: plugin/pkg/admission/priority). */
export const priority: AdmissionPlugin = {
  name: 'Priority',
  admit(request) {
    const { operation, kind, object, subresource } = request
    if (operation !== 'CREATE' || kind.plural !== 'pods' || kind.group !== '' || !object || subresource)
      return undefined
    return withPriority(object, request)
  },
  validate({ kind, name, object, objects, subresource }) {
    if (kind !== priorityClassKind || !object || subresource) return
    const wanted: PriorityClass = object
    if (!wanted.globalDefault) return
    const other = defaultClass(objects.list(priorityClassKind).filter((each) => each.metadata?.name !== name))
    if (other)
      throw forbidden(
        kind,
        name,
        `PriorityClass ${other.metadata?.name} is already marked as default. Only one default can exist`,
      )
  },
}

const defaultClass = (classes: readonly PriorityClass[]): PriorityClass | undefined =>
  classes.filter(({ globalDefault }) => globalDefault).sort((a, b) => (a.value ?? 0) - (b.value ?? 0))[0]

function withPriority(pod: Pod, { kind, name, objects }: AdmissionRequest): Pod | undefined {
  if (!pod.spec) return undefined
  const { priorityClassName: wanted, priority: given, preemptionPolicy: givenPolicy } = pod.spec
  const found = wanted
    ? objects.get(priorityClassKind, undefined, wanted)
    : defaultClass(objects.list(priorityClassKind))
  if (wanted && !found) throw forbidden(kind, name, `no PriorityClass with name ${wanted} was found`)
  const { value = 0, preemptionPolicy = 'PreemptLowerPriority' } = found ?? {}
  if (given !== undefined && given !== value)
    throw forbidden(
      kind,
      name,
      `the integer value of priority (${given}) must not be provided in pod spec; priority admission controller computed ${value} from the given PriorityClass name`,
    )
  if (givenPolicy !== undefined && givenPolicy !== preemptionPolicy)
    throw forbidden(
      kind,
      name,
      `the string value of PreemptionPolicy (${givenPolicy}) must not be provided in pod spec; priority admission controller computed ${preemptionPolicy} from the given PriorityClass name`,
    )
  const priorityClassName = found?.metadata?.name
  return {
    ...pod,
    spec: { ...pod.spec, ...(priorityClassName && { priorityClassName }), priority: value, preemptionPolicy },
  }
}
