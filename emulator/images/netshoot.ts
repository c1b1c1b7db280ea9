import { defineImage } from '../node/image.ts'
import { bindNslookup } from '../node/programs/nslookup/bind.ts'
import { iputilsPing } from '../node/programs/ping/iputils.ts'
import { sh } from '../node/programs/sh.ts'
import { ALPINE } from './program-sets.ts'

/** Network tools in one image. */
export const netshoot = defineImage({
  repository: 'docker.io/nicolaka/netshoot',
  tags: ['latest', /^v0\.\d+$/],
  sizeBytes: 203_000_000,
  command: ['zsh'],
  servers: [bindNslookup, iputilsPing, { ...sh, name: 'zsh' }],
  programs: [...ALPINE, 'zsh', 'bash', 'curl', 'dig', 'host', 'nslookup', 'ping', 'nc', 'ip', 'tcpdump', 'jq'],
})
