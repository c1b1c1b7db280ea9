import type { DnsQuestion } from '../../../network/types.ts'

const TYPES = ['A', 'AAAA', 'CNAME', 'SRV', 'PTR', 'NS', 'SOA', 'TXT', 'MX', 'ANY'] as const

export function questionType(text: string): DnsQuestion['type'] | undefined {
  const upper = text.toUpperCase()
  return TYPES.find((type) => type === upper)
}

/** `4.3.2.1.in-addr.arpa` for an address; undefined for names. */
export function reverseName(text: string): string | undefined {
  return /^\d+\.\d+\.\d+\.\d+$/.test(text) ? `${text.split('.').reverse().join('.')}.in-addr.arpa` : undefined
}

/** nslookup's words: name, server, `-type=srv`. */
export function parseNslookup(words: readonly string[]): {
  readonly name: string | undefined
  readonly server: string | undefined
  readonly type: DnsQuestion['type'] | undefined
  readonly badType: string | undefined
} {
  const plain = words.filter((word) => !word.startsWith('-'))
  const given = words
    .map((word) => /^-(?:type|query|q|querytype)=(.*)$/.exec(word)?.[1])
    .find((value) => value !== undefined)
  const type = given === undefined ? undefined : questionType(given)
  return {
    name: plain[0],
    server: plain[1],
    type,
    badType: given !== undefined && type === undefined ? given : undefined,
  }
}
