import { ageColumn } from '../api/age.ts'
import { type DescribeContext, defineKind } from '../api/kind.ts'
import type { Secret, ServiceAccount } from '../generated/types.ts'
import { nameColumn } from './columns.ts'
import { eventLines } from './describe/events.ts'
import { annotationLines, labelLines, nameLines, titled } from './describe/lines.ts'

export const serviceAccount = defineKind<ServiceAccount>({
  group: '',
  version: 'v1',
  kind: 'ServiceAccount',
  plural: 'serviceaccounts',
  singular: 'serviceaccount',
  shortNames: ['sa'],
  scope: 'Namespaced',
  schema: 'ServiceAccount',
  strategy: { bumpsGeneration: () => false },
  columns: [nameColumn, { name: 'Secrets', type: 'string', cell: ({ secrets = [] }) => secrets.length }, ageColumn],
  describe: describeServiceAccount,
})

/** `kubectl describe serviceaccount` (upstream: k8s.io/kubectl/pkg/describe/describe.go describeServiceAccount). */
function describeServiceAccount(account: ServiceAccount, context: DescribeContext): readonly string[] {
  const { metadata, imagePullSecrets = [], secrets = [] } = account
  return [
    ...nameLines(account),
    ...labelLines('Labels', metadata?.labels),
    ...annotationLines('Annotations', metadata?.annotations),
    ...titled(
      'Image pull secrets',
      imagePullSecrets.map(({ name }) => name ?? ''),
    ),
    ...titled(
      'Mountable secrets',
      secrets.map(({ name }) => name ?? ''),
    ),
    ...titled('Tokens', tokenSecrets(account, context)),
    ...eventLines('ServiceAccount', account, context),
  ]
}

/** Secrets that hold a token of this very account. */
function tokenSecrets({ metadata }: ServiceAccount, { list }: DescribeContext): readonly string[] {
  const { namespace } = metadata ?? {}
  return list<Secret>('secrets', namespace === undefined ? {} : { namespace }).flatMap(({ metadata: own, type }) => {
    const { annotations = {}, name = '' } = own ?? {}
    const mine =
      type === 'kubernetes.io/service-account-token' &&
      annotations['kubernetes.io/service-account.name'] === metadata?.name &&
      annotations['kubernetes.io/service-account.uid'] === metadata?.uid
    return mine ? [name] : []
  })
}
