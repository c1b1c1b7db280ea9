import { defineImage } from '../node/image.ts'
import { serve } from '../node/programs/program.ts'

/** The process that holds a Pod's namespaces. */
export const pause = defineImage({
  repository: 'registry.k8s.io/pause',
  tags: [/^3\.\d{1,2}(\.\d+)?$/, 'latest'],
  sizeBytes: 320_000,
  usage: { cpuMilli: 0, memoryBytes: 300_000, cpuMsPerRequest: 0 },
  entrypoint: ['/pause'],
  servers: [
    {
      name: '/pause',
      *run(process) {
        process.onTerminate(0)
        return yield* serve()
      },
    },
  ],
  programs: [],
})
