import { type FieldError, field } from '../../api/field.ts'
import { jsonEqual } from '../../api/json.ts'
import type { SubresourceUpdate } from '../../api/kind.ts'
import type { Container, Pod, ResourceRequirements } from '../../generated/types.ts'
import { qosClass } from './qos.ts'
import { containersErrors } from './validate-containers.ts'

const LISTS = ['containers', 'initContainers'] as const
const MUTABLE: ReadonlySet<string> = new Set(['cpu', 'memory'])

/** `PATCH …/resize`: what containers ask for and may use changes, and nothing else (upstream: registry/core/pod/strategy.go podResizeStrategy). */
export const resize: SubresourceUpdate<Pod> = {
  prepare: (pod, old) => ({
    ...old,
    metadata: pod.metadata ?? {},
    spec: {
      ...old.spec,
      containers: withResources(old.spec?.containers, pod.spec?.containers),
      ...(old.spec?.initContainers && {
        initContainers: withResources(old.spec.initContainers, pod.spec?.initContainers),
      }),
    },
  }),
  validate: (pod, old) => [
    ...(pod.metadata?.annotations?.['kubernetes.io/config.mirror'] === undefined
      ? []
      : [field.forbidden('', 'static pods cannot be resized')]),
    ...(pod.spec ? containersErrors('spec.containers', pod.spec) : []),
    ...(qosClass(pod) === (old.status?.qosClass ?? qosClass(old))
      ? []
      : [field.invalid('spec', old.status?.qosClass, 'Pod QOS Class may not change as a result of resizing')]),
    ...LISTS.flatMap((list) =>
      (pod.spec?.[list] ?? []).flatMap((container, index) =>
        containerErrors(`spec.${list}[${index}].resources`, container, old.spec?.[list]?.[index]),
      ),
    ),
  ],
}

const withResources = (old: readonly Container[] = [], wanted: readonly Container[] = []): readonly Container[] =>
  old.map((container) => {
    const resources = wanted.find(({ name }) => name === container.name)?.resources ?? container.resources
    return { ...container, ...(resources && { resources }) }
  })

function containerErrors(path: string, container: Container, old: Container | undefined): readonly FieldError[] {
  const [next, before] = [container.resources ?? {}, old?.resources ?? {}]
  return [
    ...(jsonEqual(unchangeable(next), unchangeable(before))
      ? []
      : [field.forbidden(path, 'only cpu and memory resources are mutable')]),
    ...(['limits', 'requests'] as const).flatMap((part) =>
      Object.keys(before[part] ?? {}).some((name) => MUTABLE.has(name) && next[part]?.[name] === undefined)
        ? [field.forbidden(`${path}.${part}`, `resource ${part} cannot be removed`)]
        : [],
    ),
  ]
}

const unchangeable = ({ limits = {}, requests = {}, ...rest }: ResourceRequirements) => {
  const others = (amounts: { readonly [name: string]: string }) =>
    Object.entries(amounts).filter(([name]) => !MUTABLE.has(name))
  return { ...rest, limits: others(limits), requests: others(requests) }
}
