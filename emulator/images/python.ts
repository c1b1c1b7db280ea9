import { defineImage } from '../node/image.ts'
import { ALPINE, DEBIAN } from './program-sets.ts'
import { pythonProgram } from './python-program.ts'

/** The official Python image, for `python -m http.server`. */
export const python = defineImage({
  repository: 'docker.io/library/python',
  tags: ['latest', 'slim', 'alpine', /^3(\.\d{1,2}){0,2}(-(slim|alpine|bookworm|trixie|slim-bookworm|slim-trixie))?$/],
  sizeBytes: 397_000_000,
  command: ['python3'],
  servers: [pythonProgram('python'), pythonProgram('python3')],
  programs: [...DEBIAN, 'curl', 'wget', 'ps'],
  byTag: (tag) => {
    if (tag.includes('alpine')) return { sizeBytes: 17_000_000, programs: ALPINE }
    return tag.includes('slim') ? { sizeBytes: 45_000_000, programs: DEBIAN } : {}
  },
})
