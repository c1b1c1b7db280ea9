/** arp, ifconfig and route of net-tools, which came with netstat. */
import { defineCommand } from '../../types.ts'
import { broadcastOf, type Interface, interfacesOf } from './interfaces.ts'
import { neighboursOf, routesOf } from './routes.ts'

export const arp = defineCommand({
  name: 'arp',
  summary: "Show the neighbours' hardware addresses",
  async run(context) {
    if (context.argv.includes('-a')) {
      for (const { address, mac, device, state } of neighboursOf(context))
        context.out(`? (${address}) at ${state === 'FAILED' ? '<incomplete>' : `${mac} [ether]`} on ${device}\n`)
      return 0
    }
    context.out('Address                  HWtype  HWaddress           Flags Mask            Iface\n')
    for (const { address, mac, device, state } of neighboursOf(context))
      context.out(
        state === 'FAILED'
          ? `${address.padEnd(24)}         (incomplete)                              ${device}\n`
          : `${address.padEnd(24)} ether   ${mac.padEnd(19)} C                     ${device}\n`,
      )
    return 0
  },
})

export const ifconfig = defineCommand({
  name: 'ifconfig',
  summary: 'Show network interfaces, as net-tools does',
  async run(context) {
    const wanted = context.argv.slice(1).find((word) => !word.startsWith('-'))
    const shown = interfacesOf(context).filter(({ name }) => wanted === undefined || name === wanted)
    if (shown.length === 0) {
      context.err(`${wanted}: error fetching interface information: Device not found\n`)
      return 1
    }
    const ordered = [...shown].sort((a, b) => (a.name < b.name ? -1 : 1))
    context.out(ordered.map((one) => (context.userland === 'busybox' ? busyboxText(one) : text(one))).join(''))
    return 0
  },
})

const maskOf = (length: number): string => (length === 8 ? '255.0.0.0' : '255.255.255.0')

function text(one: Interface): string {
  const loopback = one.kind === 'loopback'
  const flags = loopback ? '73<UP,LOOPBACK,RUNNING>  mtu 65536' : '4163<UP,BROADCAST,RUNNING,MULTICAST>  mtu 1500'
  const broadcast = loopback ? '' : `  broadcast ${broadcastOf(one.address ?? '')}`
  const inet = one.address === undefined ? [] : [`inet ${one.address}  netmask ${maskOf(one.length)}${broadcast}`]
  const link = loopback ? 'loop  txqueuelen 1000  (Local Loopback)' : `ether ${one.mac}  txqueuelen 1000  (Ethernet)`
  const lines = [
    ...inet,
    ...(loopback ? ['inet6 ::1  prefixlen 128  scopeid 0x10<host>'] : []),
    link,
    'RX packets 0  bytes 0 (0.0 B)',
    'RX errors 0  dropped 0  overruns 0  frame 0',
    'TX packets 0  bytes 0 (0.0 B)',
    'TX errors 0  dropped 0 overruns 0  carrier 0  collisions 0',
  ]
  return `${one.name}: flags=${flags}\n${lines.map((line) => `        ${line}\n`).join('')}\n`
}

function busyboxText(one: Interface): string {
  const loopback = one.kind === 'loopback'
  const head = loopback ? 'Link encap:Local Loopback  ' : `Link encap:Ethernet  HWaddr ${one.mac.toUpperCase()}  `
  const inet = loopback
    ? `inet addr:${one.address}  Mask:${maskOf(one.length)}`
    : `inet addr:${one.address}  Bcast:${broadcastOf(one.address ?? '')}  Mask:${maskOf(one.length)}`
  const flags = loopback
    ? 'UP LOOPBACK RUNNING  MTU:65536  Metric:1'
    : 'UP BROADCAST RUNNING MULTICAST  MTU:1500  Metric:1'
  const counters = [
    'RX packets:0 errors:0 dropped:0 overruns:0 frame:0',
    'TX packets:0 errors:0 dropped:0 overruns:0 carrier:0',
    'collisions:0 txqueuelen:1000 ',
    'RX bytes:0 (0.0 B)  TX bytes:0 (0.0 B)',
  ]
  return `${[`${one.name.padEnd(10)}${head}`, ...[inet, flags, ...counters].map((line) => `          ${line}`)].join('\n')}\n\n`
}

export const route = defineCommand({
  name: 'route',
  summary: 'Show the routing table, as net-tools does',
  async run(context) {
    context.out(
      'Kernel IP routing table\nDestination     Gateway         Genmask         Flags Metric Ref    Use Iface\n',
    )
    const numeric = context.argv.some((word) => /^-\w*n/.test(word))
    for (const { to, via, device } of routesOf(context)) {
      const [address = '', length = '0'] = to === 'default' ? [numeric ? '0.0.0.0' : 'default'] : to.split('/')
      const mask = length === '0' ? '0.0.0.0' : length === '16' ? '255.255.0.0' : '255.255.255.0'
      const gateway = via ?? (numeric ? '0.0.0.0' : '*')
      context.out(
        `${address.padEnd(15)} ${gateway.padEnd(15)} ${mask.padEnd(15)} ${(via === undefined ? 'U' : 'UG').padEnd(5)} 0      0        0 ${device}\n`,
      )
    }
    return 0
  },
})
