import { type FieldError, field } from '../../api/field.ts'
import { jsonEqual } from '../../api/json.ts'
import type { SubresourceUpdate } from '../../api/kind.ts'
import type { Pod } from '../../generated/types.ts'
import { containersErrors } from './validate-containers.ts'

const PATH = 'spec.ephemeralContainers'

/** Fields that a container beside the others cannot have (upstream: allowedEphemeralContainerFields). */
const REFUSED = ['lifecycle', 'livenessProbe', 'ports', 'readinessProbe', 'startupProbe', 'resizePolicy'] as const

/** `PATCH …/ephemeralcontainers`: nothing but this list changes, and it only grows (upstream: registry/core/pod/strategy.go). */
export const ephemeralContainers: SubresourceUpdate<Pod> = {
  prepare: (pod, old) => ({
    ...old,
    metadata: pod.metadata ?? {},
    spec: {
      ...old.spec,
      containers: old.spec?.containers ?? [],
      ephemeralContainers: pod.spec?.ephemeralContainers ?? [],
    },
  }),
  validate: ({ spec }, { spec: before }) => {
    const list = spec?.ephemeralContainers ?? []
    const kept = (before?.ephemeralContainers ?? []).flatMap((old): readonly FieldError[] => {
      const now = list.find(({ name }) => name === old.name)
      const what = `existing ephemeral containers ${JSON.stringify(old.name)} may not be`
      if (!now) return [field.forbidden(PATH, `${what} removed`)]
      return jsonEqual(now, old) ? [] : [field.forbidden(PATH, `${what} changed`)]
    })
    return [...ephemeralContainerErrors(spec), ...kept]
  },
}

function ephemeralContainerErrors(spec: Pod['spec']): readonly FieldError[] {
  const list = spec?.ephemeralContainers ?? []
  const taken = new Set([...(spec?.containers ?? []), ...(spec?.initContainers ?? [])].map(({ name }) => name))
  const own = list.length > 0 ? containersErrors(PATH, { ...spec, containers: list }) : []
  const extra = list.flatMap((container, index): readonly FieldError[] => {
    const at = `${PATH}[${index}]`
    const target = container.targetContainerName
    return [
      ...(taken.has(container.name) ? [field.duplicate(`${at}.name`, container.name)] : []),
      ...(target && !taken.has(target) ? [field.notFound(`${at}.targetContainerName`, target)] : []),
      ...REFUSED.flatMap((name) =>
        container[name] === undefined
          ? []
          : [field.forbidden(`${at}.${name}`, 'field not allowed for ephemeral containers')],
      ),
      ...(Object.keys(container.resources ?? {}).length > 0
        ? [field.forbidden(`${at}.resources`, 'field not allowed for ephemeral containers')]
        : []),
    ]
  })
  return [...own, ...extra]
}
