import { type CommandContext, defineCommand } from '../types.ts'
import { psOnMachine } from './machine/ps.ts'

interface Process {
  readonly pid: number
  readonly user: string
  readonly command: string
}

export const ps = defineCommand({
  name: 'ps',
  summary: 'List running processes',
  async run(context) {
    const { place, out } = context
    if (place.kind === 'pod') {
      const rows = processes(context).map(
        ({ pid, user, command }) => `${String(pid).padStart(5)} ${user.padEnd(8)}  0:00 ${command}`,
      )
      out(`PID   USER     TIME  COMMAND\n${rows.join('\n')}\n`)
      return 0
    }
    const machine = context.cluster.machine(place.name)
    return machine === undefined ? 1 : psOnMachine(context, machine)
  },
})

function processes({ cluster, place, container: name }: CommandContext): Process[] {
  if (place.kind !== 'pod') return []
  const container = cluster.container(place.namespace, place.name, name ?? '')
  return [
    ...(container?.processes ?? []).map(({ pid, command }) => ({ pid, user: 'root', command })),
    { pid: 1 + (container?.processes.at(-1)?.pid ?? 0), user: 'root', command: 'ps' },
  ]
}
