/** Who a container runs as, and what of its files it may write (upstream: pkg/securitycontext, kuberuntime security_context.go). */
import type { Container as ContainerTemplate, Pod } from '../generated/types.ts'
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

/** `uid=1000 gid=3000 groups=2000,3000`, as `id` prints it where no file names the numbers. */
export function idText({ uid, gid, groups }: ContainerUser): string {
  const named = (number: number) => (number === 0 ? '0(root)' : String(number))
  return `uid=${named(uid)} gid=${named(gid)} groups=${groups.map(named).join(',')}`
}
