import { defineImage } from '../node/image.ts'
import { ALPINE } from './program-sets.ts'

/** The official Alpine image. */
export const alpine = defineImage({
  repository: 'docker.io/library/alpine',
  tags: ['latest', 'edge', '3', /^3\.(1[0-9]|2[0-3])(\.\d+)?$/],
  sizeBytes: 3_800_000,
  command: ['/bin/sh'],
  programs: ALPINE,
})
