import type { Machine } from '../../../emulator/index.ts'
import type { CommandContext } from '../../types.ts'
import { parseArguments } from '../arguments.ts'
import { onMachine } from './on-machine.ts'

/** Where learners meet apt: Kubernetes' own packages, of which the cluster has the newest. */
const REPOSITORY = 'https://pkgs.k8s.io/core:/stable:/v1.36/deb  Packages'
const KUBERNETES = ['kubeadm', 'kubelet', 'kubectl'] as const
const VERSIONS = ['1.36.2-1.1', '1.36.1-1.1', '1.36.0-1.1']
const NEWEST = '1.36.2-1.1'
const OTHERS = new Map([
  ['kubernetes-cni', '1.7.1-1.1'],
  ['cri-tools', '1.36.0-1.1'],
  ['containerd', '2.2.1-0ubuntu1'],
  ['conntrack', '1:1.4.8-1ubuntu1'],
  ['curl', '8.5.0-2ubuntu10.6'],
  ['dnsutils', '1:9.18.39-0ubuntu0.24.04.2'],
  ['net-tools', '2.10-0.1ubuntu4.4'],
  ['traceroute', '1:2.1.5-1'],
])
const HELD = '/var/lib/dpkg/held'

const isKubernetes = (name: string): boolean => KUBERNETES.some((one) => one === name)
const versionOf = (name: string): string | undefined => (isKubernetes(name) ? NEWEST : OTHERS.get(name))
const held = ({ files }: Machine): readonly string[] =>
  (files.read(HELD) ?? 'kubeadm\nkubectl\nkubelet\n').split('\n').filter((name) => name !== '')

const LOCK = `E: Could not open lock file /var/lib/dpkg/lock-frontend - open (13: Permission denied)
E: Unable to acquire the dpkg frontend lock (/var/lib/dpkg/lock-frontend), are you root?
`

export const aptCache = onMachine('apt-cache', 'Show which versions of a package there are', ({ argv, out, err }) => {
  const [, verb = '', ...names] = argv
  if (verb === 'madison') {
    for (const name of names) {
      const versions = isKubernetes(name) ? VERSIONS : [versionOf(name)].filter((one) => one !== undefined)
      for (const version of versions) out(`${name.padStart(10)} | ${version.padStart(10)} | ${REPOSITORY}\n`)
    }
    return 0
  }
  if (verb === 'policy') {
    for (const name of names) {
      const version = versionOf(name)
      if (version === undefined) {
        err(`N: Unable to locate package ${name}\n`)
        continue
      }
      const table = (isKubernetes(name) ? VERSIONS : [version]).map(
        (one) => ` ${one === version ? '***' : '   '} ${one} 500\n        500 ${REPOSITORY}\n`,
      )
      out(`${name}:\n  Installed: ${version}\n  Candidate: ${version}\n  Version table:\n${table.join('')}`)
    }
    return 0
  }
  err(`E: Invalid operation ${verb}\n`)
  return 100
})

export const aptMark = onMachine('apt-mark', 'Hold packages at their version', (context, machine) => {
  const { argv, out, err, user } = context
  const [, verb = '', ...names] = argv
  const now = held(machine)
  if (verb === 'showhold') {
    out(now.map((name) => `${name}\n`).join(''))
    return 0
  }
  if (verb !== 'hold' && verb !== 'unhold') {
    err(`E: Invalid operation ${verb}\n`)
    return 100
  }
  if (user !== 'root') {
    err('E: Could not create temporary file for /var/lib/apt/extended_states - mkstemp (13: Permission denied)\n')
    return 100
  }
  const unknown = names.filter((name) => versionOf(name) === undefined)
  if (unknown.length > 0) {
    err(`${unknown.map((name) => `E: Unable to locate package ${name}\n`).join('')}E: No packages found\n`)
    return 100
  }
  for (const name of names) {
    const already = now.includes(name) === (verb === 'hold')
    if (already) out(verb === 'hold' ? `${name} was already set on hold.\n` : `${name} was already not on hold.\n`)
    else out(verb === 'hold' ? `${name} set on hold.\n` : `Canceled hold on ${name}.\n`)
  }
  const left = verb === 'hold' ? [...new Set([...now, ...names])].sort() : now.filter((name) => !names.includes(name))
  machine.files.makeDirectory('/var/lib/dpkg')
  machine.files.write(HELD, left.map((name) => `${name}\n`).join(''))
  return 0
})

const READING = 'Reading package lists... Done\nBuilding dependency tree... Done\nReading state information... Done\n'
const NOTHING = '0 upgraded, 0 newly installed, 0 to remove and 0 not upgraded.\n'

function aptGet(name: 'apt-get' | 'apt') {
  return onMachine(name, 'Install packages', (context, machine) => {
    const { out, err, user } = context
    const { words } = parseArguments(context.argv.slice(1), {
      flags: [
        'y',
        'q',
        'qq',
        'yes',
        'assume-yes',
        'allow-change-held-packages',
        'allow-downgrades',
        'no-install-recommends',
        'f',
        'm',
        'installed',
        'a',
      ],
      values: ['o', 't'],
    })
    const [verb = '', ...packages] = words
    if (name === 'apt' && context.tty === undefined)
      err('\nWARNING: apt does not have a stable CLI interface. Use with caution in scripts.\n\n')
    if (verb === 'list') {
      out(
        `Listing... Done\n${[...KUBERNETES]
          .sort()
          .map((one) => `${one}/now ${NEWEST} amd64 [installed]\n`)
          .join('')}`,
      )
      return 0
    }
    if (verb === '' || verb === 'help') {
      out(`apt 2.8.3 (amd64)\nUsage: ${name} [options] command\n`)
      return 0
    }
    if (user !== 'root') {
      err(LOCK)
      return 100
    }
    if (verb === 'update') {
      out(
        `Hit:1 http://archive.ubuntu.com/ubuntu noble InRelease\nHit:2 http://archive.ubuntu.com/ubuntu noble-updates InRelease\nHit:3 https://prod-cdn.packages.k8s.io/repositories/isv:/kubernetes:/core:/stable:/v1.36/deb  InRelease\nReading package lists... Done\n`,
      )
      return 0
    }
    if (verb === 'upgrade' || verb === 'dist-upgrade' || verb === 'autoremove' || verb === 'clean') {
      out(`${verb === 'clean' ? '' : `${READING}Calculating upgrade... Done\n${NOTHING}`}`)
      return 0
    }
    if (verb === 'install') return install(context, machine, packages)
    err(`E: ${verb} is not emulated; update, install, list and upgrade are\n`)
    return 100
  })
}

/** Everything that can be had is installed already; other versions than the cluster's cannot be had. */
function install({ out, err, argv }: CommandContext, _machine: Machine, packages: readonly string[]): number {
  out(READING)
  const lines: string[] = []
  for (const word of packages) {
    const [name = '', version] = word.split('=')
    const own = versionOf(name)
    if (own === undefined) {
      err(`E: Unable to locate package ${name}\n`)
      return 100
    }
    const wanted = version?.replace(/\*$/, '')
    const known = isKubernetes(name) ? VERSIONS : [own]
    const found =
      wanted === undefined
        ? own
        : known.find((one) => one === version || (version?.endsWith('*') === true && one.startsWith(wanted)))
    if (found === undefined) {
      err(`E: Version '${version}' for '${name}' was not found\n`)
      return 100
    }
    if (found !== own) {
      out(
        `The following packages will be DOWNGRADED:\n  ${name}\n0 upgraded, 0 newly installed, 1 downgraded, 0 to remove and 0 not upgraded.\n`,
      )
      err(
        argv.includes('--allow-downgrades')
          ? `E: ${name} ${found}: other versions than the cluster's are not emulated\n`
          : 'E: Packages were downgraded and -y was used without --allow-downgrades.\n',
      )
      return 100
    }
    lines.push(`${name} is already the newest version (${own}).\n`)
  }
  out(`${lines.join('')}${NOTHING}`)
  return 0
}

export const aptGetCommand = aptGet('apt-get')
export const apt = aptGet('apt')
