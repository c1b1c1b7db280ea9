import { defineImage, type ImageDefinition } from '../node/image.ts'
import { bindNslookup } from '../node/programs/nslookup/bind.ts'
import { iputilsPing } from '../node/programs/ping/iputils.ts'
import { nginx } from './nginx.ts'
import { ALPINE, BUSYBOX, DEBIAN } from './program-sets.ts'

const tools = (repository: string, own: Partial<ImageDefinition>): ImageDefinition =>
  defineImage({ tags: ['latest'], sizeBytes: 40_000_000, command: ['/bin/sh'], programs: ALPINE, ...own, repository })

const dns = {
  servers: [bindNslookup, iputilsPing],
  programs: [...ALPINE, 'curl', 'dig', 'nslookup', 'host', 'ping', 'nc', 'bash'],
}

/** nginx with network tools beside it; HTTP_PORT moves it. */
const multitool = {
  ...nginx,
  sizeBytes: 60_000_000,
  servers: [...(nginx.servers ?? []), bindNslookup, iputilsPing],
  programs: [...dns.programs, 'jq'],
}

/** Images that people start for their tools. */
export const toolImages: readonly ImageDefinition[] = [
  tools('docker.io/infoblox/dnstools', dns),
  tools('docker.io/tutum/dnsutils', {
    ...dns,
    programs: [...DEBIAN, 'dig', 'nslookup', 'host', 'ping'],
    command: ['/bin/bash'],
  }),
  tools('docker.io/amouat/network-utils', { ...dns, programs: [...DEBIAN, 'dig', 'nslookup', 'host', 'ping', 'curl'] }),
  tools('docker.io/giantswarm/tiny-tools', dns),
  tools('docker.io/alpine/curl', {
    tags: ['latest', /^8\.\d+\.\d+$/],
    entrypoint: ['curl'],
    command: [],
    programs: [...ALPINE, 'curl'],
  }),
  tools('docker.io/appropriate/curl', { entrypoint: ['curl'], command: [], programs: [...ALPINE, 'curl'] }),
  tools('docker.io/byrnedo/alpine-curl', { entrypoint: ['curl'], command: [], programs: [...ALPINE, 'curl'] }),
  tools('docker.io/yauritux/busybox-curl', { programs: [...BUSYBOX, 'curl'] }),
  tools('docker.io/radial/busyboxplus', { tags: ['latest', 'curl', 'base', 'git'], programs: [...BUSYBOX, 'curl'] }),
  tools('docker.io/library/bash', {
    tags: ['latest', /^[45](\.\d+){0,2}$/],
    command: ['bash'],
    programs: [...ALPINE, 'bash'],
  }),
  tools('docker.io/wbitt/network-multitool', { ...multitool, tags: ['latest', 'minimal', 'extra', 'fedora'] }),
  tools('docker.io/praqma/network-multitool', { ...multitool, tags: ['latest', 'minimal', 'extra'] }),
  tools('registry.k8s.io/e2e-test-images/nonroot', { tags: [/^1\.\d$/], programs: [] }),
]
