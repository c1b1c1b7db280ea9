import type { NetfilterWording } from '../types.ts'

/** The matches and targets that kube-proxy writes, in the words of `iptables-save` and of `iptables -L`. */
export const comment = (text: string): NetfilterWording => ({
  save: `-m comment --comment "${text}"`,
  list: `/* ${text} */`,
})

export const port = (protocol: string, number?: number): NetfilterWording => ({
  save: number === undefined ? `-m ${protocol}` : `-m ${protocol} --dport ${number}`,
  list: number === undefined ? protocol : `${protocol} dpt:${number}`,
})

export const addressType = (side: 'src' | 'dst'): NetfilterWording => ({
  save: `-m addrtype --${side}-type LOCAL`,
  list: `ADDRTYPE match ${side}-type LOCAL`,
})

export const state = (states: string, inverted = false): NetfilterWording => ({
  save: `-m conntrack${inverted ? ' !' : ''} --ctstate ${states}`,
  list: `${inverted ? '! ' : ''}ctstate ${states}`,
})

export const marked = (inverted = false): NetfilterWording => ({
  save: `-m mark${inverted ? ' !' : ''} --mark 0x4000/0x4000`,
  list: `mark match ${inverted ? '! ' : ''}0x4000/0x4000`,
})

export const accounted = (name: string): NetfilterWording => ({
  save: `-m nfacct --nfacct-name  ${name}`,
  list: `nfacct-name  ${name}`,
})

/** One of `count`, evenly: iptables keeps probabilities as 31-bit fractions. */
export function oneOf(count: number): NetfilterWording {
  const probability = (Math.round(2 ** 31 * Number((1 / count).toFixed(10))) / 2 ** 31).toFixed(11)
  return {
    save: `-m statistic --mode random --probability ${probability}`,
    list: `statistic mode random probability ${probability}`,
  }
}

const SIDE = { save: '--mask 255.255.255.255 --rsource', list: 'side: source mask: 255.255.255.255' }

/** Session affinity: the client was seen at this endpoint within so many seconds. */
export const seenWithin = (seconds: number, name: string): NetfilterWording => ({
  save: `-m recent --rcheck --seconds ${seconds} --reap --name ${name} ${SIDE.save}`,
  list: `recent: CHECK seconds: ${seconds} reap name: ${name} ${SIDE.list}`,
})

export const remember = (name: string): NetfilterWording => ({
  save: `-m recent --set --name ${name} ${SIDE.save}`,
  list: `recent: SET name: ${name} ${SIDE.list}`,
})

export const REJECTED: NetfilterWording = {
  save: '--reject-with icmp-port-unreachable',
  list: 'reject-with icmp-port-unreachable',
}

export const dnatTo = (endpoint: string): NetfilterWording => ({
  save: `--to-destination ${endpoint}`,
  list: `to:${endpoint}`,
})
