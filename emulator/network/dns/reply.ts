import { parseIPv4 } from '../addresses.ts'
import type { DnsRecord } from '../types.ts'

/** What a DNS server says to one question. */
export interface DnsReply {
  readonly rcode: 'NOERROR' | 'NXDOMAIN' | 'SERVFAIL' | 'REFUSED'
  readonly answers: readonly DnsRecord[]
  readonly authority: readonly DnsRecord[]
  readonly additional?: readonly DnsRecord[]
  /** It comes from a server that was asked in turn, not from what this one knows. */
  readonly forwarded?: boolean
  /** Why it is a SERVFAIL, for the log of CoreDNS. */
  readonly error?: string
  /** Virtual milliseconds that it took to ask others. */
  readonly latencyMs?: number
  /** The server still waits for another one when the client has long given up. */
  readonly late?: boolean
}

/** An answer without records but with a code. */
export function failure(rcode: 'SERVFAIL' | 'REFUSED' | 'NXDOMAIN', error?: string): DnsReply {
  return { rcode, answers: [], authority: [], ...(error !== undefined && { error }) }
}

export function record(name: string, type: DnsRecord['type'], data: string, ttl: number): DnsRecord {
  return { name: `${normalizeName(name)}.`, type, ttl, data }
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

/** The address of this type that a text is, if it is one. */
export function isAddressOf(type: DnsRecord['type'], text: string): boolean {
  return type === 'A' ? parseIPv4(text) !== undefined : type === 'AAAA' && text.includes(':')
}
