import { type CommandContext, defineCommand } from '../../types.ts'
import { parseArguments } from '../arguments.ts'
import { podSockets, type Socket, socketsOf } from './sockets.ts'

/** What ss and netstat have to show, with the flags that choose among it. */
function chosen(context: CommandContext, flags: ReadonlySet<string>): readonly Socket[] {
  const { cluster, place, container: name = '' } = context
  const machine = place.kind === 'machine' ? cluster.machine(place.name) : undefined
  const container = place.kind === 'pod' ? cluster.container(place.namespace, place.name, name) : undefined
  if (!flags.has('l') && !flags.has('a')) return []
  const both = flags.has('t') === flags.has('u')
  const wanted = (protocol: string) => both || (protocol === 'tcp' ? flags.has('t') : flags.has('u'))
  const all = machine ? socketsOf(cluster, machine) : container ? podSockets(cluster, container) : []
  return all.filter(({ protocol }) => wanted(protocol))
}

const FLAGS = [...'tulnpasr46WeOH']

/** `ss -tlnp`: who listens on this machine. Names of processes are root's to see. */
export const ss = defineCommand({
  name: 'ss',
  summary: 'Show sockets that listen on this machine',
  async run(context) {
    const { flags, unknown, words } = parseArguments(context.argv.slice(1), { flags: FLAGS })
    if (unknown !== undefined) {
      context.err(`ss: invalid option -- '${unknown.replace(/^-+/, '')}'\n`)
      return 255
    }
    const found = chosen(context, flags)
    const port = /:(\d+)/.exec(words.join(' '))?.[1]
    const shown = port === undefined ? found : found.filter((socket) => String(socket.port) === port)
    if (flags.has('s')) {
      const machine = context.cluster.machine(context.place.name)
      const count = (protocol: string) =>
        (machine ? socketsOf(context.cluster, machine) : []).filter((one) => one.protocol === protocol).length
      context.out(
        `Total: ${count('tcp') + count('udp')}\nTCP:   ${count('tcp')} (estab 0, closed 0, orphaned 0, timewait 0)\n\nTransport Total     IP        IPv6\nTCP\t  ${String(count('tcp')).padEnd(9)} ${String(count('tcp')).padEnd(9)} 0\nUDP\t  ${String(count('udp')).padEnd(9)} ${String(count('udp')).padEnd(9)} 0\n`,
      )
      return 0
    }
    const both = flags.has('t') === flags.has('u')
    const named = flags.has('p')
    const lines = shown.map(({ protocol, address, port: number, process, pid }) => {
      const who = named && context.user === 'root' ? `users:(("${process}",pid=${pid},fd=3))` : ''
      const state = protocol === 'udp' ? 'UNCONN' : 'LISTEN'
      const queue = protocol === 'udp' ? '0' : '4096'
      const peer = address === '*' ? '*:*' : '0.0.0.0:*'
      return `${both ? `${protocol}   ` : ''}${state} 0      ${queue.padEnd(6)} ${`${address}:${number}`.padStart(18)}  ${peer.padStart(10)}${who === '' ? '' : `    ${who}`}\n`
    })
    context.out(
      `${both ? 'Netid ' : ''}State  Recv-Q Send-Q Local Address:Port  Peer Address:Port${named ? 'Process' : ''}\n${lines.join('')}`,
    )
    return 0
  },
})

/** `netstat -tlnp` and `netstat -rn` of net-tools. */
export const netstat = defineCommand({
  name: 'netstat',
  summary: 'Show listening sockets and routes, as net-tools does',
  async run(context) {
    const { flags, unknown } = parseArguments(context.argv.slice(1), { flags: FLAGS })
    if (unknown !== undefined) {
      context.err(`netstat: invalid option -- '${unknown.replace(/^-+/, '')}'\n`)
      return 4
    }
    if (flags.has('r')) {
      const { stdout } = await context.runLine('ip route')
      context.out(
        `Kernel IP routing table\nDestination     Gateway         Genmask         Flags   MSS Window  irtt Iface\n${stdout
          .split('\n')
          .filter((line) => line !== '')
          .map(routeLine)
          .join('')}`,
      )
      return 0
    }
    const found = chosen(context, flags)
    const named = flags.has('p')
    const head = `Active Internet connections (${flags.has('l') ? 'only servers' : flags.has('a') ? 'servers and established' : 'w/o servers'})\nProto Recv-Q Send-Q Local Address           Foreign Address         State      ${named ? ' PID/Program name    ' : ''}\n`
    const lines = found.map(({ protocol, address, port, process, pid }) => {
      const six = address === '*'
      const local = `${six ? ':::' : `${address}:`}${port}`
      const who = named ? ` ${(context.user === 'root' && process !== '' ? `${pid}/${process}` : '-').padEnd(20)}` : ''
      return `${(six ? `${protocol}6` : protocol).padEnd(5)}      0      0 ${local.padEnd(23)} ${(six ? ':::*' : '0.0.0.0:*').padEnd(23)} ${(protocol === 'tcp' ? 'LISTEN' : '').padEnd(10)}${who}\n`
    })
    context.out(`${head}${lines.join('')}`)
    return 0
  },
})

function routeLine(line: string): string {
  const [destination = '', ...rest] = line.split(' ')
  const after = (word: string): string | undefined => rest[rest.indexOf(word) + 1]
  const via = rest.includes('via') ? (after('via') ?? '') : '0.0.0.0'
  const isDefault = destination === 'default'
  const [address = ''] = isDefault ? ['0.0.0.0'] : destination.split('/')
  const mask = isDefault ? '0.0.0.0' : '255.255.255.0'
  return `${address.padEnd(15)} ${via.padEnd(15)} ${mask.padEnd(15)} ${(rest.includes('via') ? 'UG' : 'U').padEnd(7)}   0 0          0 ${after('dev') ?? ''}\n`
}
