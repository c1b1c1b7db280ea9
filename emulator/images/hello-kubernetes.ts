import { defineImage } from '../node/image.ts'
import { ALPINE } from './program-sets.ts'
import { httpServer, logTime, nodeText, numberOf } from './servers.ts'

/** Paul Bouwer's page: $MESSAGE, the Pod and its node. */
export const helloKubernetes = defineImage({
  repository: 'docker.io/paulbouwer/hello-kubernetes',
  tags: ['latest', /^1(\.\d+){0,2}$/],
  sizeBytes: 39_000_000,
  entrypoint: ['/usr/local/bin/docker-entrypoint.sh'],
  command: ['npm', 'start'],
  servers: [
    httpServer({
      name: '/usr/local/bin/docker-entrypoint.sh',
      port: (process) => numberOf(process.env.get('PORT'), 8080),
      startLog: (process) => [`Listening on: http://${process.hostname}:${numberOf(process.env.get('PORT'), 8080)}`],
      answer(process, request, client) {
        process.log(
          'stdout',
          `::ffff:${client.address} - - [${logTime(process.now())}] "${request.method} ${request.path} HTTP/1.1" 200\n`,
        )
        const message = process.env.get('MESSAGE') ?? 'Hello world!'
        const rows = [
          ['namespace', process.env.get('KUBERNETES_NAMESPACE') ?? '-'],
          ['pod', process.env.get('KUBERNETES_POD_NAME') ?? process.hostname],
          ['node', `${process.env.get('KUBERNETES_NODE_NAME') ?? '-'} (Linux 6.8.0-88-generic)`],
        ]
        const body = `<!DOCTYPE html>\n<html>\n<head>\n    <title>Hello Kubernetes!</title>\n</head>\n<body>\n\n  <div class="main">\n    <div class="content">\n      <div id="message">\n  ${message}\n</div>\n<div id="info">\n  <table>\n${rows.map(([name, value]) => `    <tr>\n      <th>${name}:</th>\n      <td>${value}</td>\n    </tr>\n`).join('')}  </table>\n</div>\n    </div>\n  </div>\n\n</body>\n</html>\n`
        return nodeText(request, process.now(), body, 'text/html; charset=utf-8')
      },
    }),
  ],
  programs: ALPINE,
})
