import type { DnsRecord } from '../../types.ts'
import type { DnsPlugin } from '../plugin.ts'

/** Puts addresses in another order each time: aliases first, then A and AAAA records (coredns plugin/loadbalance). */
export const loadbalance: DnsPlugin = {
  name: 'loadbalance',
  setup: () => (query, server, next) => {
    const reply = next(query)
    if (reply.answers.length < 2) return reply
    const isAddress = ({ type }: DnsRecord) => type === 'A' || type === 'AAAA'
    const addresses = reply.answers.filter(isAddress)
    for (let left = addresses.length - 1; left > 0; left -= 1) {
      const at = server.random.int(left + 1)
      const [a, b] = [addresses[left], addresses[at]]
      if (a && b) [addresses[left], addresses[at]] = [b, a]
    }
    return { ...reply, answers: [...reply.answers.filter((one) => !isAddress(one)), ...addresses] }
  },
}
