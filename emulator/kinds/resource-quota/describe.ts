import type { ResourceQuota } from '../../generated/types.ts'
import { indent, nameLines } from '../describe/lines.ts'
import { byBytes } from '../format/labels.ts'

const SCOPE_HELP = new Map([
  [
    'Terminating',
    'Matches all pods that have an active deadline. These pods have a limited lifespan on a node before being actively terminated by the system.',
  ],
  [
    'NotTerminating',
    'Matches all pods that do not have an active deadline. These pods usually include long running pods whose container command is not expected to terminate.',
  ],
  [
    'BestEffort',
    'Matches all pods that do not have resource requirements set. These pods have a best effort quality of service.',
  ],
  [
    'NotBestEffort',
    'Matches all pods that have at least one resource requirement set. These pods have a burstable or guaranteed quality of service.',
  ],
])

/** `kubectl describe quota` (upstream: k8s.io/kubectl/pkg/describe/describe.go describeQuota). */
export const describeResourceQuota = (quota: ResourceQuota): readonly string[] => [
  ...nameLines(quota),
  ...scopeLines(quota, ' * '),
  'Resource\tUsed\tHard',
  '--------\t----\t----',
  ...rows(quota),
]

/** The section of `kubectl describe namespace`. */
export function resourceQuotaSection(quotas: readonly ResourceQuota[]): readonly string[] {
  if (quotas.length === 0) return ['No resource quota.']
  const sorted = [...quotas].sort((a, b) => byBytes(a.metadata?.name ?? '', b.metadata?.name ?? ''))
  return [
    'Resource Quotas',
    ...sorted.flatMap((quota) =>
      indent(1, [
        `Name:\t${quota.metadata?.name ?? ''}`,
        ...scopeLines(quota, '* '),
        'Resource\tUsed\tHard',
        '--------\t---\t---',
        ...rows(quota),
      ]),
    ),
  ]
}

function scopeLines({ spec }: ResourceQuota, bullet: string): readonly string[] {
  const scopes = [...(spec?.scopes ?? [])].sort(byBytes)
  if (scopes.length === 0) return []
  const help = scopes.flatMap((scope) => SCOPE_HELP.get(scope) ?? []).map((text) => bullet + text)
  return [`Scopes:\t${scopes.join(', ')}`, ...help]
}

const rows = ({ status }: ResourceQuota): readonly string[] =>
  Object.entries(status?.hard ?? {})
    .sort(([a], [b]) => byBytes(a, b))
    .map(([name, hard]) => `${name}\t${status?.used?.[name] ?? '0'}\t${hard}`)
