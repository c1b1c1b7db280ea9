import type { DnsRecord } from '../types.ts'

/** What a DNS server says to one question. */
export interface DnsReply {
  readonly rcode: 'NOERROR' | 'NXDOMAIN' | 'SERVFAIL' | 'REFUSED'
  readonly answers: readonly DnsRecord[]
  readonly authority: readonly DnsRecord[]
}

/** Lower case without the trailing dot: how names are compared. */
export function normalizeName(name: string): string {
  return name.toLowerCase().replace(/\.$/, '')
}

/** `1.2.3.4` for `4.3.2.1.in-addr.arpa`; undefined for other names. */
export function reverseAddress(name: string): string | undefined {
  const match = /^(\d{1,3})\.(\d{1,3})\.(\d{1,3})\.(\d{1,3})\.in-addr\.arpa$/.exec(name)
  return match === null ? undefined : match.slice(1).reverse().join('.')
}
