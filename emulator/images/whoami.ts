import { defineImage } from '../node/image.ts'
import { goText } from '../node/programs/http-response.ts'
import type { ContainerProcess } from '../node/programs/program.ts'
import { goStamp } from './agnhost/flags.ts'
import { ownAddress } from './own-address.ts'
import { argument, GO_TERMINATED, httpServer, numberOf } from './servers.ts'

const portOf = (process: ContainerProcess): number =>
  numberOf(argument(process.argv, 'port') ?? process.env.get('WHOAMI_PORT_NUMBER'), 80)

/** Traefik's whoami: the request as the server saw it. */
export const whoami = defineImage({
  repository: 'docker.io/traefik/whoami',
  tags: ['latest', /^v1\.\d+(\.\d+)?$/],
  sizeBytes: 2_900_000,
  entrypoint: ['/whoami'],
  servers: [
    httpServer({
      name: '/whoami',
      port: portOf,
      terminates: GO_TERMINATED,
      startLog: (process) => [`${goStamp(process.now())} Starting up on port ${portOf(process)}`],
      answer(process, request, client) {
        const name = argument(process.argv, 'name') ?? process.env.get('WHOAMI_NAME')
        const lines = [
          ...(name === undefined ? [] : [`Name: ${name}`]),
          `Hostname: ${process.hostname}`,
          'IP: 127.0.0.1',
          `IP: ${ownAddress(process)}`,
          `RemoteAddr: ${client.address}:${client.port}`,
          `${request.method} ${request.path} HTTP/1.1`,
          `Host: ${request.host}`,
          ...request.headers
            .filter(([name]) => name.toLowerCase() !== 'host')
            .map(([name, value]) => `${name}: ${value}`),
        ]
        const path = request.path.split('?')[0]
        if (path === '/health') return goText(request, process.now(), '')
        return goText(request, process.now(), `${lines.join('\n')}\n\n`)
      },
    }),
  ],
  programs: [],
})
