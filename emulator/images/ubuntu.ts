import type { FileSource } from '../node/file-base.ts'
import { defineImage } from '../node/image.ts'
import { DEBIAN } from './program-sets.ts'

const RELEASES: readonly (readonly [tag: RegExp, version: string, full: string, name: string])[] = [
  [/^(18\.04|bionic)/, '18.04', '18.04.6 LTS', 'Bionic Beaver'],
  [/^(20\.04|focal)/, '20.04', '20.04.6 LTS', 'Focal Fossa'],
  [/^(22\.04|jammy)/, '22.04', '22.04.5 LTS', 'Jammy Jellyfish'],
  [/^(22\.10)/, '22.10', '22.10', 'Kinetic Kudu'],
  [/^(24\.10)/, '24.10', '24.10', 'Oracular Oriole'],
  [/^(25\.04)/, '25.04', '25.04', 'Plucky Puffin'],
  [/^(25\.10|rolling)/, '25.10', '25.10', 'Questing Quokka'],
]

function systemOf(tag: string): { readonly [path: string]: FileSource } {
  const [, version, full, name] = RELEASES.find(([pattern]) => pattern.test(tag)) ?? [
    undefined,
    '24.04',
    '24.04.3 LTS',
    'Noble Numbat',
  ]
  const code = name.split(' ')[0]?.toLowerCase() ?? ''
  return {
    '/usr/lib/os-release': `PRETTY_NAME="Ubuntu ${full}"
NAME="Ubuntu"
VERSION_ID="${version}"
VERSION="${full} (${name})"
VERSION_CODENAME=${code}
ID=ubuntu
ID_LIKE=debian
HOME_URL="https://www.ubuntu.com/"
SUPPORT_URL="https://help.ubuntu.com/"
BUG_REPORT_URL="https://bugs.launchpad.net/ubuntu/"
PRIVACY_POLICY_URL="https://www.ubuntu.com/legal/terms-and-policies/privacy-policy"
UBUNTU_CODENAME=${code}
LOGO=ubuntu-logo
`,
    '/etc/debian_version': 'trixie/sid\n',
    '/etc/issue': `Ubuntu ${full} \\n \\l\n\n`,
    '/etc/lsb-release': `DISTRIB_ID=Ubuntu\nDISTRIB_RELEASE=${version}\nDISTRIB_CODENAME=${code}\nDISTRIB_DESCRIPTION="Ubuntu ${full}"\n`,
    '/home/ubuntu': { directory: true, mode: 0o750 },
  }
}

/** The official Ubuntu image; unlike Debian's it has procps. */
export const ubuntu = defineImage({
  repository: 'docker.io/library/ubuntu',
  tags: ['latest', 'noble', 'jammy', 'focal', 'rolling', /^(18|20|22|24|25)\.(04|10)$/],
  sizeBytes: 29_700_000,
  command: ['/bin/bash'],
  programs: [...DEBIAN, 'ps', 'top', 'free', 'uptime', 'pgrep', 'pkill', 'kill', 'watch'],
  byTag: (tag) => ({ files: systemOf(tag) }),
})
