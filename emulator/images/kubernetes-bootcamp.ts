import { defineImage } from '../node/image.ts'
import { goText } from '../node/programs/http-response.ts'
import { DEBIAN } from './program-sets.ts'
import { httpServer } from './servers.ts'

/** The application of the Kubernetes basics tutorial. */
export const kubernetesBootcamp = defineImage({
  repository: 'gcr.io/google-samples/kubernetes-bootcamp',
  tags: ['v1', 'v2'],
  sizeBytes: 83_610_000,
  command: ['node', 'server.js'],
  servers: [
    httpServer({
      name: 'node',
      port: 8080,
      startLog: (process) => [
        `Kubernetes Bootcamp App Started At: ${new Date(process.now()).toISOString()} | Running On:  ${process.hostname} `,
      ],
      answer(process, request) {
        const version = process.env.get('APP_VERSION') ?? '1'
        return goText(
          request,
          process.now(),
          `Hello Kubernetes bootcamp! | Running on: ${process.hostname} | v=${version}\n`,
        )
      },
    }),
  ],
  programs: [...DEBIAN, 'curl'],
  byTag: (tag) => ({ env: [['APP_VERSION', tag.slice(1)]] }),
})
