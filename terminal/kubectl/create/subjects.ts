/** `--user`, `--group`, `--serviceaccount` of the bindings (upstream: kubectl/pkg/cmd/create/create_rolebinding.go). */
import type { FlagDefinitions } from '../cli/flags.ts'
import type { Invocation } from '../cli/subcommand.ts'
import { KubectlError } from '../errors.ts'
import type { Fields } from './generate.ts'

export const SUBJECT_FLAGS: FlagDefinitions = {
  user: { kind: 'stringArray', default: [], summary: 'User who gets the role; may be repeated.' },
  group: { kind: 'stringArray', default: [], summary: 'Group that gets the role; may be repeated.' },
  serviceaccount: {
    kind: 'stringArray',
    default: [],
    summary: 'Service account that gets the role, written <namespace>:<name>; may be repeated.',
  },
}

const API_GROUP = 'rbac.authorization.k8s.io'

/** Absent where nobody is named. Throws KubectlError. */
export function subjectsOf({ flags }: Invocation): Fields {
  const named = (kind: string, names: readonly string[]) => names.map((name) => ({ apiGroup: API_GROUP, kind, name }))
  const subjects = [
    ...named('User', flags.list('user')),
    ...named('Group', flags.list('group')),
    ...flags.list('serviceaccount').map(account),
  ]
  return subjects.length > 0 ? { subjects } : {}
}

function account(text: string): Fields {
  const [namespace, name, ...more] = text.split(':')
  if (!namespace || !name || more.length > 0) throw new KubectlError('serviceaccount must be <namespace>:<name>')
  return { kind: 'ServiceAccount', name, namespace }
}

export const roleRef = (kind: string, name: string): Fields => ({ apiGroup: API_GROUP, kind, name })
