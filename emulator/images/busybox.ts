import { defineImage } from '../node/image.ts'
import { oldBusyboxNslookup } from '../node/programs/nslookup/old-busybox.ts'
import { BUSYBOX } from './program-sets.ts'

/** The official busybox image: one binary, its applets, and no server of its own. */
export const busybox = defineImage({
  repository: 'docker.io/library/busybox',
  tags: [
    'latest',
    'stable',
    'glibc',
    'musl',
    'uclibc',
    /^1\.(2[0-9]|3[0-8])(\.\d+)?(-(glibc|musl|uclibc))?$/,
    /^stable-(glibc|musl|uclibc)$/,
    'unstable',
  ],
  sizeBytes: 2_223_685,
  usage: { cpuMilli: 0, memoryBytes: 450_000, cpuMsPerRequest: 1 },
  command: ['sh'],
  programs: BUSYBOX,
  byTag: (tag) => (/^1\.2[0-8]\b/.test(tag) ? { servers: [oldBusyboxNslookup] } : {}),
})
