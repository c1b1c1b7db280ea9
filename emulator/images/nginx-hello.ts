import { defineImage } from '../node/image.ts'
import type { ContainerProcess } from '../node/programs/program.ts'
import { nginxLine } from './echo-hname.ts'
import { ownAddress } from './own-address.ts'
import { ALPINE } from './program-sets.ts'
import { httpServer } from './servers.ts'

function lines(process: ContainerProcess, path: string): readonly (readonly [string, string])[] {
  const date = new Date(process.now())
    .toUTCString()
    .replace(/^\w+, (\d+) (\w+) (\d+) ([\d:]+) GMT$/, '$1/$2/$3:$4 +0000')
  return [
    ['Server address', `${ownAddress(process)}:80`],
    ['Server name', process.hostname],
    ['Date', date],
    ['URI', path],
  ]
}

/** NGINX's demo: server address and name, as text or as a page. */
export const nginxHello = defineImage({
  repository: 'docker.io/nginxdemos/hello',
  tags: ['latest', 'plain-text', '0.4', '0.4-plain-text'],
  sizeBytes: 22_000_000,
  command: ['nginx', '-g', 'daemon off;'],
  servers: [
    httpServer({
      name: 'nginx',
      port: 80,
      terminates: 0,
      answer(process, request, client) {
        const rows = lines(process, request.path)
        const plain = process.env.get('HELLO_FORMAT') === 'plain-text'
        if (plain)
          return nginxLine(process, request, rows.map(([name, value]) => `${name}: ${value}\n`).join(''), client)
        const body = `<!DOCTYPE html>\n<html>\n<head>\n<title>Hello World</title>\n</head>\n<body>\n${rows.map(([name, value]) => `<p><span>${name}:</span> <span>${value}</span></p>\n`).join('')}</body>\n</html>\n`
        const response = nginxLine(process, request, body, client)
        return {
          ...response,
          headers: response.headers.map(
            ([name, value]) => [name, name === 'Content-Type' ? 'text/html' : value] as const,
          ),
        }
      },
    }),
  ],
  programs: [...ALPINE, 'curl'],
  byTag: (tag) => (tag.endsWith('plain-text') ? { env: [['HELLO_FORMAT', 'plain-text']] } : {}),
})
