import type { DnsPlugin } from '../plugin.ts'
import { record } from '../reply.ts'

/** Tells who asks: what CoreDNS does where it has no Corefile (coredns plugin/whoami). */
export const whoami: DnsPlugin = {
  name: 'whoami',
  setup: () => (query) => ({
    rcode: 'NOERROR',
    answers: [],
    authority: [],
    additional: [record(query.name, 'A', query.client, 0)],
  }),
}
