import { type CommandContext, defineCommand } from '../types.ts'

interface Process {
  readonly pid: number
  readonly user: string
  readonly command: string
}

export const ps = defineCommand({
  name: 'ps',
  summary: 'List running processes',
  async run(context) {
    const { argv, place, out } = context
    if (place.kind === 'pod') {
      const rows = processes(context).map(
        ({ pid, user, command }) => `${String(pid).padStart(5)} ${user.padEnd(8)}  0:00 ${command}`,
      )
      out(`PID   USER     TIME  COMMAND\n${rows.join('\n')}\n`)
      return 0
    }
    const all = /[aAe]/.test(argv[1] ?? '')
    const shown = processes(context).filter(({ pid }) => all || pid > 1_000)
    if (/u|f/.test(argv[1] ?? '')) {
      const rows = shown.map(
        ({ pid, user, command }) => `${user.padEnd(8)} ${String(pid).padStart(7)}  0.0  0.1  00:00:00 ${command}`,
      )
      out(`USER         PID %CPU %MEM     TIME COMMAND\n${rows.join('\n')}\n`)
    } else {
      const rows = shown.map(
        ({ pid, command }) =>
          `${String(pid).padStart(7)} ${all ? '?       ' : 'pts/0   '} 00:00:00 ${command.replace(/^-/, '').split(' ')[0]}`,
      )
      out(`    PID TTY          TIME CMD\n${rows.join('\n')}\n`)
    }
    return 0
  },
})

function processes({ cluster, place, container: name, user }: CommandContext): Process[] {
  if (place.kind === 'pod') {
    const container = cluster.container(place.namespace, place.name, name ?? '')
    return [
      ...(container?.processes ?? []).map(({ pid, command }) => ({ pid, user: 'root', command })),
      { pid: 1 + (container?.processes.at(-1)?.pid ?? 0), user: 'root', command: 'ps' },
    ]
  }
  const machine = cluster.machine(place.name)
  const units = Object.entries(machine?.units ?? {}).filter(([, state]) => state === 'running')
  return [
    { pid: 1, user: 'root', command: '/sbin/init' },
    ...units.map(([unit], index) => ({ pid: 640 + index * 37, user: 'root', command: `/usr/bin/${unit}` })),
    { pid: 1204, user, command: '-bash' },
    { pid: 1377, user, command: 'ps' },
  ]
}
