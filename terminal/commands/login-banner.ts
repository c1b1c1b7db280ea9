import type { CommandContext } from '../types.ts'
import { formatDate } from './date-format.ts'
import { KERNEL_RELEASE, UBUNTU } from './system.ts'

/** What an interactive login on a node greets with. */
export function loginBanner({ cluster, place, time }: Pick<CommandContext, 'cluster' | 'place' | 'time'>): string {
  const from = place.kind === 'machine' ? (cluster.machine(place.name)?.address ?? place.name) : place.name
  const now = formatDate(time.now(), '%a %b %e %H:%M:%S %Y')
  return `Welcome to ${UBUNTU} (GNU/Linux ${KERNEL_RELEASE} x86_64)\n\nLast login: ${now} from ${from}\n`
}
