import { isLoopback } from './addresses.ts'
import type { End } from './packet.ts'
import type { HttpRequest, Protocol } from './types.ts'
import type { Endpoint, NetworkMachine } from './world.ts'

/** A process of the host itself, outside any container. */
export interface MachineListener {
  answer(http: HttpRequest | undefined): Partial<End>
}

const SSH_BANNER = 'SSH-2.0-OpenSSH_9.6p1 Ubuntu-3ubuntu13.14\r\n'

/** The units of a machine that listen: sshd, the kubelet, systemd-resolved's stub. */
export function machineListens(machine: NetworkMachine, to: Endpoint, protocol: Protocol): MachineListener | undefined {
  if (to.port === 53 && to.address === '127.0.0.53') return { answer: () => ({ dns: 'stub' }) }
  if (protocol !== 'TCP') return undefined
  const node = machine.role !== 'laptop'
  if (to.port === 22 && node) return { answer: () => ({ reply: SSH_BANNER }) }
  if (to.port === 10250 && node && machine.units.kubelet !== 'stopped') return { answer: kubeletAnswer }
  if (to.port === 10248 && node && isLoopback(to.address) && machine.units.kubelet !== 'stopped') {
    return { answer: (http) => (http === undefined ? {} : plain(http.path === '/healthz' ? 200 : 404, 'ok')) }
  }
  return undefined
}

/** The kubelet's API wants TLS and a client that it knows. */
function kubeletAnswer(http: HttpRequest | undefined): Partial<End> {
  if (http === undefined) return {}
  if (http.tls !== true) return plain(400, 'Client sent an HTTP request to an HTTPS server.\n', '1.0')
  return plain(401, 'Unauthorized')
}

const REASON_PHRASES: { readonly [status: number]: string } = {
  200: 'OK',
  400: 'Bad Request',
  401: 'Unauthorized',
  404: 'Not Found',
}

function plain(status: number, body: string, version: '1.0' | '1.1' = '1.1'): Partial<End> {
  return {
    response: {
      status,
      reason: REASON_PHRASES[status] ?? '',
      version,
      headers: [
        ['Content-Type', 'text/plain; charset=utf-8'],
        ['Content-Length', String(body.length)],
      ],
      body,
    },
  }
}
