import { decodeBase64 } from '../api/base64.ts'
import { defineImage } from '../node/image.ts'
import { goText, header } from '../node/programs/http-response.ts'
import { type ContainerProgram, type Run, serve, sleep } from '../node/programs/program.ts'
import { ALPINE } from './program-sets.ts'
import { entrypointScript } from './servers.ts'

/** MongoDB's web interface: it starts when its server can be reached, and gives up otherwise. */
const program: ContainerProgram = {
  name: 'mongo-express',
  *run(process): Run {
    const url = process.env.get('ME_CONFIG_MONGODB_URL') ?? ''
    const named = /@?([\w.-]+)(?::(\d+))?(?:\/|$)/.exec(url.replace(/^mongodb:\/\//, ''))
    const server = process.env.get('ME_CONFIG_MONGODB_SERVER') ?? named?.[1] ?? 'mongo'
    const port = Number(process.env.get('ME_CONFIG_MONGODB_PORT') ?? named?.[2] ?? 27017)
    process.out(`Waiting for ${server}:${port}...\n`)
    for (let attempt = 0; ; attempt += 1) {
      const { addresses } = process.network.lookup(process.place, server)
      const [address] = addresses
      const met =
        address !== undefined && process.network.connect(process.place, { address, port }).outcome === 'answered'
      if (met) break
      if (attempt === 10) {
        process.err(`Could not connect to database using connectionString: mongodb://${server}:${port}\n`)
        return 1
      }
      const why = address === undefined ? `${server}: Name does not resolve` : 'Connection refused'
      process.err(`/docker-entrypoint.sh: line 15: ${server}: ${why}\n`)
      yield* sleep(1000)
    }
    const user = process.env.get('ME_CONFIG_BASICAUTH_USERNAME') ?? 'admin'
    const password = process.env.get('ME_CONFIG_BASICAUTH_PASSWORD') ?? 'pass'
    process.listen({
      port: 8081,
      protocol: 'TCP',
      address: '0.0.0.0',
      speaks: 'http',
      answer(request) {
        const given = decodeBase64(/^Basic (.+)$/.exec(header(request, 'authorization') ?? '')?.[1] ?? '')
        if (given === `${user}:${password}`)
          return goText(
            request,
            process.now(),
            '<!DOCTYPE html><html><head><title>Home - Mongo Express</title></head></html>\n',
          )
        const refused = goText(request, process.now(), 'Unauthorized', 401)
        return {
          ...refused,
          headers: [['WWW-Authenticate', 'Basic realm="Authorization Required"'], ...refused.headers],
        }
      },
    })
    process.onTerminate(143)
    process.out(
      'Welcome to mongo-express 1.0.2\n------------------------\n\n\nMongo Express server listening at http://0.0.0.0:8081\n',
    )
    return yield* serve()
  },
}

export const mongoExpress = defineImage({
  repository: 'docker.io/library/mongo-express',
  tags: ['latest', /^(0\.\d+|1\.0)(\.\d+)?(-\w+)*$/],
  sizeBytes: 55_000_000,
  entrypoint: ['/docker-entrypoint.sh'],
  command: ['mongo-express'],
  servers: [program, entrypointScript('/docker-entrypoint.sh')],
  programs: ALPINE,
})
