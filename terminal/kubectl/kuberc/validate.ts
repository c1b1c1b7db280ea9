import { KubectlError } from '../errors.ts'
import type { Preference } from './preference.ts'

/** Throws KubectlError for the first mistake (upstream: kubectl/pkg/kuberc/kuberc.go, validate). */
export function validatePreference(preference: Preference): void {
  const names = new Set<string>()
  for (const alias of preference.aliases) {
    if (!/^[a-zA-Z]+$/.test(alias.name))
      throw new KubectlError('invalid alias name, can only include alphabetical characters')
    refuseDashes(alias.options)
    if (names.has(alias.name)) throw new KubectlError(`duplicate alias name ${alias.name}`)
    names.add(alias.name)
  }
  for (const { options } of preference.defaults) refuseDashes(options)
  const problem = policyProblem(preference)
  if (problem) throw new KubectlError(problem)
}

function refuseDashes(options: Preference['defaults'][number]['options']): void {
  const dashed = options.find(({ name }) => name.startsWith('-'))
  if (dashed) throw new KubectlError(`flag name ${dashed.name} should be in long form without dashes`)
}

/** Upstream: client-go/plugin/pkg/client/auth/exec, ValidatePluginPolicy. */
function policyProblem({ credentialPluginPolicy: policy, credentialPluginAllowlist: list }: Preference): string {
  if (policy === '' || policy === 'AllowAll' || policy === 'DenyAll')
    return list === undefined
      ? ''
      : `misconfigured credential plugin allowlist: plugin policy is "${policy}" but allowlist is non-nil`
  if (policy !== 'Allowlist') return `unknown plugin policy: ${JSON.stringify(policy)}`
  if (list === undefined) return 'credential plugin policy set to "Allowlist", but allowlist is unspecified'
  if (list.length === 0)
    return 'credential plugin policy set to "Allowlist", but allowlist is empty; use "DenyAll" policy instead'
  const empty = list.indexOf('')
  return empty < 0 ? '' : `misconfigured credential plugin allowlist: empty allowlist entry #${empty + 1}`
}
