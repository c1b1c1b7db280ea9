import { compactRules, type Kube, ruleRow } from '../../../emulator/index.ts'
import type { Invocation } from '../cli/subcommand.ts'
import { alignTabs, TABLE } from '../print/tabwriter.ts'

/** `auth can-i --list`: what the API server says may be done in the namespace (upstream: kubectl/pkg/cmd/auth/cani.go). */
export function listRules({ api, context, flags, namespace }: Invocation): number {
  const { status } = api.send('POST', '/apis/authorization.k8s.io/v1/selfsubjectrulesreviews', {
    body: { apiVersion: 'authorization.k8s.io/v1', kind: 'SelfSubjectRulesReview', spec: { namespace } },
  }) as Kube.SelfSubjectRulesReview
  const rows = compactRules([...(status?.resourceRules ?? []), ...(status?.nonResourceRules ?? [])]).map(ruleRow)
  const head = flags.bool('no-headers') ? [] : ['Resources\tNon-Resource URLs\tResource Names\tVerbs']
  context.out(alignTabs([...head, ...rows].map((row) => `${row}\n`).join(''), TABLE))
  return 0
}
