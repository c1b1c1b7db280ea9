import { defineCommand } from '../../types.ts'
import { inContainer } from './on-machine.ts'

/** What Ubuntu's command-not-found says of programs that a node lacks, as far as learners look for them. */
function notInstalled(name: string, packages: readonly string[]) {
  return defineCommand({
    name,
    summary: 'not installed',
    async run(context) {
      const { place, err } = context
      const [only] = packages
      if (place.kind !== 'machine') return inContainer(context, name)
      if (packages.length === 1) err(`Command '${name}' not found, but can be installed with:\napt install ${only}\n`)
      else
        err(
          `Command '${name}' not found, but can be installed with:\n${packages.map((one) => `apt install ${one}\n`).join('')}`,
        )
      return 127
    },
  })
}

export const notInstalledCommands = [
  notInstalled('ipvsadm', ['ipvsadm']),
  notInstalled('ipset', ['ipset']),
  notInstalled('docker', [
    'docker.io         # version 24.0.7-0ubuntu4',
    'podman-docker     # version 4.9.3+ds1-1ubuntu0.2',
  ]),
  notInstalled('tcpdump', ['tcpdump']),
  notInstalled('nmap', ['nmap']),
  notInstalled('nft', ['nftables']),
  notInstalled('mtr', ['mtr']),
]
