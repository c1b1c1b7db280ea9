import { defineImage } from '../node/image.ts'
import { ALPINE } from './program-sets.ts'
import { entrypointScript } from './servers.ts'

const script = entrypointScript('/entrypoint.sh')

/** The curl project's image: its entrypoint puts `curl` before arguments that are no command. */
export const curl = defineImage({
  repository: 'docker.io/curlimages/curl',
  tags: ['latest', /^[78]\.\d{1,2}\.\d{1,2}$/],
  sizeBytes: 9_400_000,
  entrypoint: ['/entrypoint.sh'],
  command: ['curl'],
  servers: [
    {
      name: '/entrypoint.sh',
      run(process) {
        const [name = 'curl'] = process.argv.slice(1)
        const argv =
          process.programs.has(name) && !name.startsWith('-')
            ? process.argv
            : ['/entrypoint.sh', 'curl', ...process.argv.slice(1)]
        return script.run({ ...process, argv })
      },
    },
  ],
  programs: [...ALPINE, 'curl'],
})
