/** How iproute2 and busybox lay out interfaces. */
import { broadcastOf, type Interface } from './interfaces.ts'

const isLoopback = ({ kind }: Interface): boolean => kind === 'loopback'
export const stateOf = (one: Interface): string => (isLoopback(one) ? 'UNKNOWN' : 'UP')
export const nameOf = ({ name, peer }: Interface): string => (peer === undefined ? name : `${name}@if${peer}`)
const flagsOf = (one: Interface): string => `<${isLoopback(one) ? 'LOOPBACK' : 'BROADCAST,MULTICAST'},UP,LOWER_UP>`
const mtuOf = (one: Interface): number => (isLoopback(one) ? 65_536 : 1500)
const queueOf = ({ kind, peer }: Interface): string =>
  kind === 'ethernet' && peer === undefined ? 'fq_codel' : 'noqueue'

export function firstLine(one: Interface, mode: '' | 'mode DEFAULT '): string {
  const master = one.master === undefined ? '' : `master ${one.master} `
  return `${one.index}: ${nameOf(one)}: ${flagsOf(one)} mtu ${mtuOf(one)} qdisc ${queueOf(one)} ${master}state ${stateOf(one)} ${mode}group default qlen 1000`
}

export function linkLine(one: Interface): string {
  const netns = one.peer === undefined ? '' : ' link-netnsid 0'
  if (isLoopback(one)) return `    link/loopback ${one.mac} brd 00:00:00:00:00:00`
  return `    link/ether ${one.mac} brd ff:ff:ff:ff:ff:ff${netns}`
}

const inetText = (one: Interface): string =>
  isLoopback(one)
    ? `inet ${one.address}/${one.length} scope host ${one.name}`
    : `inet ${one.address}/${one.length} brd ${broadcastOf(one.address ?? '')} scope global ${one.name}`

const LIFE = 'valid_lft forever preferred_lft forever'

/** Link-local, made of the hardware address (EUI-64). */
function linkLocal(mac: string): string {
  const bytes = mac.split(':').map((byte) => Number.parseInt(byte, 16))
  const [first = 0, second = 0, third = 0, ...last] = bytes
  const all = [first ^ 2, second, third, 0xff, 0xfe, ...last]
  const groups = [0, 2, 4, 6].map((at) => ((all[at] ?? 0) * 256 + (all[at + 1] ?? 0)).toString(16))
  return `fe80::${groups.join(':')}`
}

function inet6Text(one: Interface): string {
  return isLoopback(one) ? 'inet6 ::1/128 scope host noprefixroute' : `inet6 ${linkLocal(one.mac)}/64 scope link`
}

export function addresses(one: Interface, family: '4' | '6' | ''): readonly string[] {
  return [
    ...(one.address === undefined || family === '6' ? [] : [inetText(one)]),
    ...(family === '4' ? [] : [inet6Text(one)]),
  ]
}

export function fullBlock(one: Interface, family: '4' | '6' | ''): string {
  const lines = addresses(one, family).flatMap((text) => [`    ${text}`, `       ${LIFE}`])
  const link = family === '' ? [linkLine(one)] : []
  return `${[firstLine(one, ''), ...link, ...lines].join('\n')}\n`
}

export function oneLine(one: Interface, family: '4' | '6' | ''): string {
  return addresses(one, family)
    .map((text) => `${one.index}: ${one.name}    ${text}\\       ${LIFE}\n`)
    .join('')
}

export function briefAddress(one: Interface, family: '4' | '6' | ''): string {
  const all = [
    ...(one.address === undefined || family === '6' ? [] : [`${one.address}/${one.length}`]),
    ...(family === '4' ? [] : [isLoopback(one) ? '::1/128' : `${linkLocal(one.mac)}/64`]),
  ]
  return `${nameOf(one).padEnd(16)} ${stateOf(one).padEnd(14)} ${all.map((text) => `${text} `).join('')}\n`
}

export const briefLink = (one: Interface): string =>
  `${nameOf(one).padEnd(16)} ${stateOf(one).padEnd(14)} ${one.mac} ${flagsOf(one)} \n`

export const linkBlock = (one: Interface): string => `${firstLine(one, 'mode DEFAULT ')}\n${linkLine(one)}\n`
export const linkOneLine = (one: Interface): string => `${firstLine(one, 'mode DEFAULT ')}\\${linkLine(one)}\n`

/** Busybox leaves out states, groups, and IPv6's own addresses where there are none. */
export function busyboxBlock(one: Interface, family: '4' | '6' | '', withAddresses: boolean): string {
  const flags = one.peer === undefined ? flagsOf(one) : flagsOf(one).replace('>', ',M-DOWN>')
  const head = `${one.index}: ${nameOf(one)}: ${flags} mtu ${mtuOf(one)} qdisc ${queueOf(one)} qlen 1000\n`
  const link = `${linkLine(one).replace(' link-netnsid 0', '')}\n`
  const lines = withAddresses
    ? addresses(one, family).map((text) => `    ${text.replace(' noprefixroute', '')}\n       ${LIFE}\n`)
    : []
  return `${head}${link}${lines.join('')}`
}
