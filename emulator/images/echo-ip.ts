import { defineImage } from '../node/image.ts'
import { nginxLine } from './echo-hname.ts'
import { ownAddress } from './own-address.ts'
import { ALPINE } from './program-sets.ts'
import { httpServer } from './servers.ts'

/** Answers with the request's method and the address of its Pod. */
export const echoAddress = defineImage({
  repository: 'docker.io/sysnet4admin/echo-ip',
  tags: ['latest'],
  sizeBytes: 48_600_000,
  command: ['nginx', '-g', 'daemon off;'],
  servers: [
    httpServer({
      name: 'nginx',
      port: 80,
      terminates: 0,
      answer: (process, request) =>
        nginxLine(process, request, `request_method : ${request.method} | ip_dest: ${ownAddress(process)}\n`),
    }),
  ],
  programs: [...ALPINE, 'bash', 'curl'],
})
