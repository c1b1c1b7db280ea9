import { type FieldError, field } from '../../api/field.ts'
import { goQuote } from '../../api/go-text.ts'
import { jsonEqual } from '../../api/json.ts'
import type { SubresourceUpdate } from '../../api/kind.ts'
import type { Pod } from '../../generated/types.ts'
import { unifiedDiff } from '../format/unified-diff.ts'
import { podErrors } from './validate.ts'
import { annotationUpdateErrors } from './validate-annotations.ts'

const PATH = 'spec.ephemeralContainers'

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
  validate: (pod, old) => {
    if (old.metadata?.annotations?.['kubernetes.io/config.mirror'] !== undefined)
      return [field.forbidden('', 'static pods do not support ephemeral containers')]
    return [
      ...podErrors(pod),
      ...annotationUpdateErrors('metadata.annotations', pod.metadata?.annotations, old.metadata?.annotations),
      ...keptErrors(pod, old),
    ]
  },
}

/** Upstream ends one of these lines with a break, the other with a difference. */
const keptErrors = ({ spec }: Pod, { spec: before }: Pod): readonly FieldError[] =>
  (before?.ephemeralContainers ?? []).flatMap((old) => {
    const now = spec?.ephemeralContainers?.find(({ name }) => name === old.name)
    const what = `existing ephemeral containers ${goQuote(old.name)} may not be`
    if (!now) return [field.forbidden(PATH, `${what} removed\n`)]
    if (jsonEqual(now, old)) return []
    const lines = (value: typeof old): readonly string[] => JSON.stringify(value, null, 1).split('\n')
    return [field.forbidden(PATH, `${what} changed\n${unifiedDiff(lines(old), lines(now))}`)]
  })
