import { defineImage } from '../node/image.ts'
import { goText } from '../node/programs/http-response.ts'
import { ownAddress } from './own-address.ts'
import { httpServer } from './servers.ts'

/** Traefik's whoami: the request as the server saw it. */
export const whoami = defineImage({
  repository: 'docker.io/traefik/whoami',
  tags: ['latest', /^v1\.\d+(\.\d+)?$/],
  sizeBytes: 2_900_000,
  entrypoint: ['/whoami'],
  servers: [
    httpServer({
      name: '/whoami',
      port: (process) => Number(process.env.get('WHOAMI_PORT_NUMBER')) || 80,
      startLog: () => ['Starting up on port 80'],
      answer(process, request, client) {
        const lines = [
          `Hostname: ${process.hostname}`,
          'IP: 127.0.0.1',
          `IP: ${ownAddress(process)}`,
          `RemoteAddr: ${client.address}:43210`,
          `${request.method} ${request.path} HTTP/1.1`,
          `Host: ${request.host}`,
          ...request.headers
            .filter(([name]) => name.toLowerCase() !== 'host')
            .map(([name, value]) => `${name}: ${value}`),
        ]
        return goText(request, process.now(), `${lines.join('\n')}\n\n`)
      },
    }),
  ],
  programs: [],
})
