import { socketsOf } from '../node/sockets.ts'
import { onMachine } from './on-machine.ts'

/** `lsof -i[:PORT] [-P] [-n]`: who has which port open; processes of others are root's to see. */
export const lsof = onMachine('lsof', 'Show who has which port open', (context, machine) => {
  const words = context.argv.slice(1)
  const at = words.findIndex((word) => /^-[nP]*i/.test(word))
  if (at < 0) {
    context.err('lsof: only open ports are emulated: lsof -i [-n] [-P]\n')
    return 1
  }
  const joined = (words[at] ?? '').replace(/^-[nP]*i/, '')
  const asked = joined === '' && /^(tcp|udp|:|4|6)/i.test(words[at + 1] ?? '') ? (words[at + 1] ?? '') : joined
  const [, protocol = '', port] = /^[46]?(tcp|udp)?(?::(\d+))?/i.exec(asked) ?? []
  if (context.user !== 'root') return 1
  const found = socketsOf(context.cluster, machine).filter(
    (socket) =>
      (port === undefined || String(socket.port) === port) &&
      (protocol === '' || socket.protocol === protocol.toLowerCase()),
  )
  if (found.length === 0) return 1
  context.out('COMMAND     PID            USER   FD   TYPE DEVICE SIZE/OFF NODE NAME\n')
  for (const socket of found) {
    const type = socket.address === '*' ? 'IPv6' : 'IPv4'
    const state = socket.protocol === 'tcp' ? ' (LISTEN)' : ''
    const inode = 20_000 + socket.port
    context.out(
      `${socket.process.slice(0, 9).padEnd(9)} ${String(socket.pid).padStart(5)} ${'root'.padStart(15)} ${'3u'.padStart(4)}  ${type} ${String(inode).padStart(6)}      0t0  ${socket.protocol.toUpperCase()} ${socket.address}:${socket.port}${state}\n`,
    )
  }
  return 0
})
