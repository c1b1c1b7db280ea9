import { explainRefusedCertificate } from '../explain/certificate.ts'
import { next, type Stage } from '../packet.ts'
import type { Subject } from '../types.ts'

/** What listens answers: HTTP, a line of text, DNS (whose answer the caller composes), or nothing. */
export const application: Stage = (packet, context) => {
  const { hops } = context
  if (packet.listener === undefined) return next(packet)
  const { container, port } = packet.listener
  const { namespace, podName: pod, containerName: name } = container.spec
  const subject: Subject = { kind: 'container', namespace, pod, name, port }
  const listener = container.listeners.find(
    (candidate) => candidate.port === port && candidate.protocol === packet.protocol,
  )
  const answered = { outcome: 'answered', latencyMs: 1 } as const
  if (listener?.speaks === 'dns') {
    const corefile = container.reply(port, '', packet.protocol)
    const asked = corefile === undefined ? {} : { coreDns: { container, corefile, client: packet.source } }
    return { end: { ...answered, ...asked } }
  }
  if (packet.http === undefined) {
    const reply = packet.text === undefined ? undefined : container.reply(port, packet.text, packet.protocol)
    hops.add('answered', subject, 'text-answered')
    return { end: { ...answered, ...(reply === undefined ? {} : { reply }) } }
  }
  if (packet.http.tls === true && listener?.tls !== true) {
    hops.add('answered', subject, 'not-tls')
    return { end: { ...answered, tlsFailed: true } }
  }
  const certificate = packet.http.tls === true ? container.certificate(port, packet.http.serverName) : undefined
  const distrust = certificate && packet.distrusts?.(certificate)
  if (certificate !== undefined && distrust !== undefined) {
    const host = packet.http.host.replace(/:\d+$/, '')
    const { code, params } = explainRefusedCertificate(certificate, host, distrust)
    hops.add('refused', subject, code, params)
    return { end: { ...answered, certificate } }
  }
  if (packet.http.tls === true && packet.http.handshakeOnly === true) {
    hops.add('answered', subject, 'tls-agreed')
    return { end: { ...answered, ...(certificate !== undefined && { certificate }) } }
  }
  const response = container.answer(port, packet.http, {
    address: packet.source,
    port: sourcePort(packet.source, port),
  })
  if (response === undefined) {
    const reply = container.reply(port, `${packet.http.method} ${packet.http.path} HTTP/1.1\r\n`)
    hops.add('answered', subject, 'not-http')
    return { end: { ...answered, ...(reply === undefined ? {} : { reply }) } }
  }
  hops.add('answered', subject, 'http-answered', { status: response.status, reason: response.reason })
  return { end: { ...answered, response, ...(certificate !== undefined && { certificate }) } }
}

/** An ephemeral port that is the same for the same client and listener. */
function sourcePort(address: string, port: number): number {
  let hash = port
  for (const character of address) hash = (hash * 31 + (character.codePointAt(0) ?? 0)) >>> 0
  return 32768 + (hash % 28231)
}
