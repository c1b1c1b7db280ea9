import { defineImage } from '../node/image.ts'
import { type ContainerProgram, type Run, serve } from '../node/programs/program.ts'
import { apache, apacheFile } from './php-apache.ts'
import { ALPINE, DEBIAN } from './program-sets.ts'
import { entrypointScript } from './servers.ts'

const fpm: ContainerProgram = {
  name: 'php-fpm',
  *run(process): Run {
    process.listen({ port: 9000, protocol: 'TCP', address: '0.0.0.0', speaks: 'text' })
    process.err('NOTICE: fpm is running, pid 1\nNOTICE: ready to handle connections\n')
    process.onTerminate(0, () => process.err('NOTICE: Terminating ...\nNOTICE: exiting, bye-bye!\n'))
    return yield* serve()
  },
}

const VERSION = '(\\d+(\\.\\d+){0,2}-)?'

/** The official PHP image with Apache or FPM; `php -a` and scripts are not played. */
export const php = defineImage({
  repository: 'docker.io/library/php',
  tags: [new RegExp(`^${VERSION}apache(-(bookworm|trixie|bullseye))?$`), new RegExp(`^${VERSION}fpm(-[\\w.]+)?$`)],
  sizeBytes: 178_000_000,
  entrypoint: ['docker-php-entrypoint'],
  command: ['apache2-foreground'],
  workingDir: '/var/www/html',
  files: { '/var/www/html': { directory: true } },
  servers: [apache('apache2-foreground', apacheFile), fpm, entrypointScript('docker-php-entrypoint')],
  programs: [...DEBIAN, 'curl'],
  byTag: (tag) => (tag.includes('alpine') ? { programs: [...ALPINE, 'curl'] } : {}),
})
