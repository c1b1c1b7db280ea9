import { defineImage } from '../node/image.ts'
import { DEBIAN } from './program-sets.ts'

/** The official Ubuntu image. */
export const ubuntu = defineImage({
  repository: 'docker.io/library/ubuntu',
  tags: ['latest', 'noble', 'jammy', 'focal', 'rolling', /^(18|20|22|24|25)\.(04|10)$/],
  sizeBytes: 29_700_000,
  command: ['/bin/bash'],
  programs: [...DEBIAN, 'ps'],
  files: { '/etc/os-release': 'PRETTY_NAME="Ubuntu 24.04.3 LTS"\nNAME="Ubuntu"\nVERSION_ID="24.04"\nID=ubuntu\n' },
})
