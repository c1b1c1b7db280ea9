import { defineImage } from '../node/image.ts'
import { DEBIAN } from './program-sets.ts'

/** The official Debian image. */
export const debian = defineImage({
  repository: 'docker.io/library/debian',
  tags: [
    'latest',
    'stable',
    'stable-slim',
    'trixie',
    'bookworm',
    'bullseye',
    /^(11|12|13)(\.\d+)?(-slim)?$/,
    /^(trixie|bookworm|bullseye)-slim$/,
  ],
  sizeBytes: 49_300_000,
  command: ['bash'],
  programs: DEBIAN,
})
