import { decodeBase64 } from '../../api/base64.ts'
import { defineImage } from '../../node/image.ts'
import { goText, header, requestPath } from '../../node/programs/http-response.ts'
import { type ContainerProcess, type ContainerProgram, type Run, serve, sleep } from '../../node/programs/program.ts'
import { ALPINE, DEBIAN } from '../program-sets.ts'
import { entrypointScript } from '../servers.ts'
import { rabbitTools } from './tools.ts'

const STARTING_MS = 6000
const VERSIONS: ReadonlyMap<string, string> = new Map([
  ['3', '3.13.7'],
  ['4', '4.2.1'],
])

const managed = (process: ContainerProcess): boolean => process.env.get('RABBITMQ_MANAGEMENT') === 'true'
const versionOf = (process: ContainerProcess): string => process.env.get('RABBITMQ_VERSION') ?? '4.2.1'

const server: ContainerProgram = {
  name: 'rabbitmq-server',
  *run(process): Run {
    const version = versionOf(process)
    log(
      process,
      `Starting RabbitMQ ${version} on Erlang 27.3.4 [jit]\n Copyright (c) 2007-2026 Broadcom Inc and/or its subsidiaries\n Licensed under the MPL 2.0. Website: https://rabbitmq.com`,
    )
    process.out(
      `\n  ##  ##      RabbitMQ ${version}\n  ##  ##\n  ##########  Copyright (c) 2007-2026 Broadcom Inc and/or its subsidiaries\n  ######  ##\n  ##########  Licensed under the MPL 2.0. Website: https://rabbitmq.com\n\n`,
    )
    log(
      process,
      `\n node           : rabbit@${process.hostname}\n home dir       : /var/lib/rabbitmq\n config file(s) : /etc/rabbitmq/conf.d/10-defaults.conf\n log(s)         : <stdout>\n data dir       : /var/lib/rabbitmq/mnesia/rabbit@${process.hostname}`,
    )
    yield* sleep(STARTING_MS)
    process.listen({
      port: 5672,
      protocol: 'TCP',
      address: '0.0.0.0',
      speaks: 'text',
      reply: () => 'AMQP\u0000\u0000\t\u0001',
    })
    process.listen({ port: 4369, protocol: 'TCP', address: '0.0.0.0', speaks: 'text' })
    log(process, 'started TCP listener on [::]:5672')
    if (managed(process)) {
      listenForManagement(process, version)
      log(process, 'Management plugin: HTTP (non-TLS) listener started on port 15672')
    }
    const plugins = managed(process) ? 5 : 0
    log(process, `Server startup complete; ${plugins} plugins started.`)
    process.out('  Starting broker... completed with 0 plugins.\n'.replace('0', String(plugins)))
    process.onTerminate(0, () => log(process, 'SIGTERM received - shutting down'))
    return yield* serve()
  },
}

function listenForManagement(process: ContainerProcess, version: string): void {
  const user = process.env.get('RABBITMQ_DEFAULT_USER') ?? 'guest'
  const password = process.env.get('RABBITMQ_DEFAULT_PASS') ?? 'guest'
  process.listen({
    port: 15672,
    protocol: 'TCP',
    address: '0.0.0.0',
    speaks: 'http',
    answer(request) {
      const path = requestPath(request) ?? '/'
      const text = (body: string, status = 200) => goText(request, process.now(), body, status)
      if (!path.startsWith('/api'))
        return text('<!doctype html>\n<html><head><title>RabbitMQ Management</title></head></html>\n')
      const given = decodeBase64(/^Basic (.+)$/.exec(header(request, 'authorization') ?? '')?.[1] ?? '')
      if (given !== `${user}:${password}`) return text('{"error":"not_authorized","reason":"Login failed"}', 401)
      if (path === '/api/overview')
        return text(JSON.stringify({ rabbitmq_version: version, node: `rabbit@${process.hostname}` }))
      return path === '/api/queues' ? text('[]') : text('{"error":"Object Not Found","reason":"Not Found"}', 404)
    },
  })
}

function log(process: ContainerProcess, text: string): void {
  const at = new Date(process.now()).toISOString().replace('T', ' ').replace('Z', '000+00:00')
  process.out(`${at} [info] <0.254.0> ${text}\n`)
}

/** The official RabbitMQ image; `-management` brings the web interface. */
export const rabbitmq = defineImage({
  repository: 'docker.io/library/rabbitmq',
  tags: ['latest', 'alpine', 'management', 'management-alpine', /^[34](\.\d+){0,2}(-management)?(-alpine)?$/],
  sizeBytes: 110_000_000,
  usage: { cpuMilli: 9, memoryBytes: 128_000_000, cpuMsPerRequest: 2 },
  entrypoint: ['docker-entrypoint.sh'],
  command: ['rabbitmq-server'],
  files: { '/var/lib/rabbitmq': { directory: true } },
  servers: [server, ...rabbitTools, entrypointScript('docker-entrypoint.sh')],
  programs: DEBIAN,
  byTag(tag) {
    const wanted = /^\d+(\.\d+){0,2}/.exec(tag)?.[0] ?? '4'
    const version = VERSIONS.get(wanted) ?? (/^\d+\.\d+$/.test(wanted) ? `${wanted}.1` : wanted)
    const env = [
      ['RABBITMQ_VERSION', version],
      ...(tag.includes('management') ? [['RABBITMQ_MANAGEMENT', 'true']] : []),
    ]
    return {
      env: env.map(([name = '', value = '']) => [name, value] as const),
      ...(tag.includes('alpine') && { programs: ALPINE }),
    }
  },
})
