import { type FieldError, field } from '../../api/field.ts'
import { jsonEqual } from '../../api/json.ts'
import type { SubresourceUpdate } from '../../api/kind.ts'
import type { Container, Pod, ResourceRequirements } from '../../generated/types.ts'
import { qosClass } from './qos.ts'
import { podErrors } from './validate.ts'

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
  validate: resizeErrors,
}

/** Upstream: pkg/apis/core/validation ValidatePodResize. */
function resizeErrors(pod: Pod, old: Pod): readonly FieldError[] {
  if (old.metadata?.annotations?.['kubernetes.io/config.mirror'] !== undefined)
    return [field.forbidden('', 'static pods cannot be resized')]
  if (old.spec?.os?.name === 'windows') return [field.forbidden('', 'windows pods cannot be resized')]
  const containers = pod.spec?.containers ?? []
  const inits = pod.spec?.initContainers ?? []
  const before = (list: 'containers' | 'initContainers', index: number) => old.spec?.[list]?.[index]
  const refuse = (changed: boolean, what: string): readonly FieldError[] =>
    changed ? [field.forbidden('spec', what)] : []
  return [
    ...podErrors(pod),
    ...(qosClass(pod) === (old.status?.qosClass ?? qosClass(old))
      ? []
      : [field.invalid('spec', old.status?.qosClass, 'Pod QOS Class may not change as a result of resizing')]),
    ...inits.flatMap((each, index) =>
      isSidecar(each)
        ? changeErrors(`spec.initContainers[${index}].resources`, each, before('initContainers', index))
        : [],
    ),
    ...containers.flatMap((each, index) =>
      changeErrors(`spec.containers[${index}].resources`, each, before('containers', index)),
    ),
    ...containers.flatMap((each, index) =>
      refuse(changesOthers(each, before('containers', index)), 'only cpu and memory resources are mutable'),
    ),
    ...inits.flatMap((each, index) => {
      const was = before('initContainers', index)
      return isSidecar(each)
        ? refuse(changesOthers(each, was), 'only cpu and memory resources for sidecar containers are mutable')
        : refuse(!jsonEqual(each, was), 'resources for non-sidecar init containers are immutable')
    }),
  ]
}

const isSidecar = ({ restartPolicy }: Container): boolean => restartPolicy === 'Always'

const withResources = (old: readonly Container[] = [], wanted: readonly Container[] = []): readonly Container[] =>
  old.map((container) => {
    const resources = wanted.find(({ name }) => name === container.name)?.resources ?? container.resources
    return { ...container, ...(resources && { resources }) }
  })

/** Amounts change, they do not go (upstream: validateContainerResize). */
function changeErrors(path: string, container: Container, old: Container | undefined): readonly FieldError[] {
  const [next, before] = [container.resources ?? {}, old?.resources ?? {}]
  return (['requests', 'limits'] as const).flatMap((part) =>
    Object.keys(before[part] ?? {}).some((name) => next[part]?.[name] === undefined)
      ? [field.forbidden(`${path}.${part}`, `resource ${part} cannot be removed`)]
      : [],
  )
}

const changesOthers = (next: Container, old: Container | undefined): boolean =>
  !jsonEqual(unchangeable(next.resources ?? {}), unchangeable(old?.resources ?? {}))

const unchangeable = ({ limits = {}, requests = {}, ...rest }: ResourceRequirements) => {
  const others = (amounts: { readonly [name: string]: string }) =>
    Object.entries(amounts).filter(([name]) => !MUTABLE.has(name))
  return { ...rest, limits: others(limits), requests: others(requests) }
}
