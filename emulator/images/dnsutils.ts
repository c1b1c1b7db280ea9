import { defineImage } from '../node/image.ts'
import { bindNslookup } from '../node/programs/nslookup/bind.ts'
import { iputilsPing } from '../node/programs/ping/iputils.ts'
import { DEBIAN } from './program-sets.ts'

const options = {
  sizeBytes: 106_000_000,
  command: ['sleep', 'infinity'],
  servers: [bindNslookup, iputilsPing],
  programs: [...DEBIAN, 'dig', 'nslookup', 'host', 'ping', 'ps'],
} as const

/** The image of the documentation's page on debugging DNS: bind's tools. */
export const jessieDnsutils = defineImage({
  repository: 'registry.k8s.io/e2e-test-images/jessie-dnsutils',
  tags: ['1.3', '1.4', '1.5', '1.7'],
  ...options,
})
