import { onMachine } from './on-machine.ts'

/** The kernel's messages that matter on a node: containers killed for want of memory. */
export const dmesg = onMachine('dmesg', "Show the kernel's messages", (context, machine) => {
  if (context.user !== 'root') {
    context.err('dmesg: read kernel buffer failed: Operation not permitted\n')
    return 1
  }
  const boot = machine.files.stat('/etc/hostname')?.modified ?? 0
  const line = (at: number, text: string): string => {
    const human = context.argv.slice(1).some((word) => word === '-T' || word === '--ctime')
    const stamp = human
      ? new Date(at).toUTCString().replace(/^(\w+), (\d+) (\w+) (\d+) (\S+) GMT$/, '$1 $3 $2 $5 $4')
      : ((at - boot) / 1000).toFixed(6).padStart(12)
    return `[${stamp}] ${text}\n`
  }
  context.out(
    line(
      boot,
      'Linux version 6.8.0-90-generic (buildd@lcy02-amd64-001) (x86_64-linux-gnu-gcc-13 (Ubuntu 13.3.0-6ubuntu2~24.04) 13.3.0)',
    ),
  )
  context.out(line(boot + 4_120, 'cni0: port 1(veth0) entered blocking state'))
  for (const { state, spec, id } of context.cluster.containersOn(machine.name)) {
    if (state.kind !== 'exited' || state.reason !== 'OOMKilled') continue
    const pid = 2_000 + (Number.parseInt(id.slice(0, 4), 16) % 30_000)
    context.out(
      line(
        state.at,
        `Memory cgroup out of memory: Killed process ${pid} (${spec.containerName}) total-vm:${Math.round((spec.limits?.memoryBytes ?? 0) / 1024)}kB`,
      ),
    )
  }
  return 0
})
