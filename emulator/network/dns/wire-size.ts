import type { DnsRecord } from '../types.ts'
import type { DnsReply } from './reply.ts'

const HEADER = 12
const TYPE_AND_CLASS = 4
const TTL_AND_LENGTH = 6
const SOA_NUMBERS = 20

/** Bytes of a name on the wire, uncompressed. */
const nameSize = (name: string): number => name.replace(/\.$/, '').length + 2

/** Bytes of a question. */
export function querySize(name: string): number {
  return HEADER + nameSize(name) + TYPE_AND_CLASS
}

/** Bytes of an answer as CoreDNS counts them for its log, uncompressed (RFC 1035). */
export function replySize(name: string, { answers, authority, additional = [] }: DnsReply): number {
  return [...answers, ...authority, ...additional].reduce((sum, one) => sum + recordSize(one), querySize(name))
}

function recordSize({ name, type, data }: DnsRecord): number {
  return nameSize(name) + TYPE_AND_CLASS + TTL_AND_LENGTH + dataSize(type, data)
}

function dataSize(type: DnsRecord['type'], data: string): number {
  const words = data.split(' ')
  switch (type) {
    case 'A':
      return 4
    case 'AAAA':
      return 16
    case 'SOA':
      return nameSize(words[0] ?? '') + nameSize(words[1] ?? '') + SOA_NUMBERS
    case 'SRV':
      return 6 + nameSize(words[3] ?? '')
    case 'MX':
      return 2 + nameSize(words[1] ?? '')
    case 'TXT':
      return data.replaceAll('"', '').length + 1
    default:
      return nameSize(data)
  }
}
