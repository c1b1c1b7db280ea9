/** Who a container runs as, and what of its files it may write (upstream: pkg/securitycontext, kuberuntime security_context.go). */
import type { Container as ContainerTemplate, Pod } from '../generated/types.ts'
import type { FileTree } from './files.ts'
import { ConfigError, podText } from './pod-environment.ts'
import type { ContainerSpec } from './runtime.ts'

export interface ContainerUser {
  readonly uid: number
  readonly gid: number
  readonly groups: readonly number[]
}

/** What the security context comes to; throws ConfigError where a container must not run as root but would. */
export function securityOf(template: ContainerTemplate, pod: Pod): Pick<ContainerSpec, 'user' | 'readOnlyRoot'> {
  const [own, shared] = [template.securityContext ?? {}, pod.spec?.securityContext ?? {}]
  const uid = own.runAsUser ?? shared.runAsUser
  if (own.runAsNonRoot ?? shared.runAsNonRoot) refuseRoot(uid, template, pod)
  const gid = own.runAsGroup ?? shared.runAsGroup ?? 0
  const extra = [...(shared.fsGroup === undefined ? [] : [shared.fsGroup]), ...(shared.supplementalGroups ?? [])]
  const isRoot = (uid ?? 0) === 0 && gid === 0 && extra.length === 0
  return {
    ...(!isRoot && { user: { uid: uid ?? 0, gid, groups: [...new Set([gid, ...extra])].sort((a, b) => a - b) } }),
    ...(own.readOnlyRootFilesystem && { readOnlyRoot: true }),
  }
}

/** The images of this world run as root unless told otherwise. */
function refuseRoot(uid: number | undefined, template: ContainerTemplate, pod: Pod): void {
  const where = `(pod: ${JSON.stringify(podText(pod))}, container: ${template.name})`
  if (uid === 0) throw new ConfigError(`container's runAsUser breaks non-root policy ${where}`)
  if (uid === undefined) throw new ConfigError(`container has runAsNonRoot and image will run as root ${where}`)
}

/** Reads the container's own files: /etc/passwd and /etc/group give numbers their names, and root its other groups. */
export function identityText(own: ContainerUser | undefined, files: Pick<FileTree, 'read'>): string {
  const users = rows(files.read('/etc/passwd'))
  const groups = rows(files.read('/etc/group'))
  const { uid, gid, groups: given } = own ?? { uid: 0, gid: 0, groups: [0] }
  const user = users.find((row) => row[2] === String(uid))?.[0]
  const member = groups.filter((row) => user !== undefined && row[3]?.split(',').includes(user) === true)
  const all = new Set([...given, ...member.map((row) => Number(row[2]))])
  const named = (table: readonly (readonly string[])[], number: number): string => {
    const name = table.find((row) => row[2] === String(number))?.[0] ?? (number === 0 ? 'root' : undefined)
    return name === undefined ? String(number) : `${number}(${name})`
  }
  return `uid=${named(users, uid)} gid=${named(groups, gid)} groups=${[...all].map((number) => named(groups, number)).join(',')}`
}

/** The name of a user's number in the container's files. */
export function userName(uid: number, files: Pick<FileTree, 'read'>): string | undefined {
  const name = rows(files.read('/etc/passwd')).find((row) => row[2] === String(uid))?.[0]
  return name ?? (uid === 0 ? 'root' : undefined)
}

function rows(text: string | undefined): readonly (readonly string[])[] {
  return (text ?? '').split('\n').map((line) => line.split(':'))
}
