import { onMachine } from './on-machine.ts'

/** What a node of Kubernetes needs, and a few that people look at. */
const VALUES = new Map([
  ['fs.inotify.max_user_instances', '128'],
  ['fs.inotify.max_user_watches', '29434'],
  ['kernel.panic', '10'],
  ['kernel.panic_on_oops', '1'],
  ['net.bridge.bridge-nf-call-arptables', '1'],
  ['net.bridge.bridge-nf-call-ip6tables', '1'],
  ['net.bridge.bridge-nf-call-iptables', '1'],
  ['net.core.somaxconn', '4096'],
  ['net.ipv4.conf.all.forwarding', '1'],
  ['net.ipv4.ip_forward', '1'],
  ['net.ipv4.ip_local_port_range', '32768\t60999'],
  ['net.netfilter.nf_conntrack_max', '131072'],
  ['net.netfilter.nf_conntrack_tcp_timeout_close_wait', '3600'],
  ['net.netfilter.nf_conntrack_tcp_timeout_established', '86400'],
  ['vm.max_map_count', '1048576'],
  ['vm.overcommit_memory', '1'],
  ['vm.swappiness', '60'],
])

/** `sysctl NAME…`, -n, -a, -p, --system; changing them is not emulated. */
export const sysctl = onMachine('sysctl', "Show the kernel's parameters", (context) => {
  const flags = new Set(context.argv.slice(1).filter((word) => word.startsWith('-')))
  const names = context.argv.slice(1).filter((word) => !word.startsWith('-'))
  const only = flags.has('-n') || flags.has('--values')
  const show = (name: string, value: string): void => context.out(only ? `${value}\n` : `${name} = ${value}\n`)
  if (flags.has('-a') || flags.has('--all')) for (const [name, value] of VALUES) show(name, value)
  if (flags.has('-p') || flags.has('--system')) return 0
  let code = 0
  for (const word of names) {
    const [name = '', wanted] = word.replaceAll('/', '.').split('=')
    const value = VALUES.get(name)
    if (value === undefined) {
      context.err(`sysctl: cannot stat /proc/sys/${name.replaceAll('.', '/')}: No such file or directory\n`)
      code = 255
    } else if (wanted === undefined || wanted === value) show(name, value)
    else if (context.user !== 'root') {
      context.err(`sysctl: permission denied on key "${name}"\n`)
      code = 255
    } else {
      context.err(`sysctl: changing ${name} is not emulated\n`)
      code = 1
    }
  }
  return code
})
