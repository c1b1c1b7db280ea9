import { defineImage } from '../node/image.ts'
import { ALPINE } from './program-sets.ts'

/** Network tools in one image. */
export const netshoot = defineImage({
  repository: 'docker.io/nicolaka/netshoot',
  tags: ['latest', /^v0\.\d+$/],
  sizeBytes: 203_000_000,
  command: ['zsh'],
  programs: [...ALPINE, 'zsh', 'bash', 'curl', 'dig', 'host', 'nslookup', 'ping', 'nc', 'ip', 'tcpdump', 'jq'],
})
