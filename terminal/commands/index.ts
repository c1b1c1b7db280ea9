import type { CommandDefinition } from '../types.ts'
import { busybox } from './busybox.ts'
import { cat } from './cat.ts'
import { chroot } from './chroot.ts'
import { clear } from './clear.ts'
import { curl } from './curl.ts'
import { date } from './date.ts'
import { dig } from './dig.ts'
import { nano, vi } from './edit-file.ts'
import { env, printenv } from './env.ts'
import { etcdctl } from './etcd/etcdctl.ts'
import { etcdutl } from './etcd/etcdutl.ts'
import { getent } from './getent.ts'
import { help } from './help.ts'
import { host } from './host.ts'
import { hostname } from './hostname.ts'
import { id } from './id.ts'
import { ip } from './ip/ip.ts'
import { arp, ifconfig, route } from './ip/net-tools.ts'
import { iptables } from './iptables.ts'
import { iptablesSave } from './iptables-save.ts'
import { kubeadm } from './kubeadm/kubeadm.ts'
import { kubectl } from './kubectl.ts'
import { ls } from './ls.ts'
import { apt, aptCache, aptGetCommand, aptMark } from './machine/apt.ts'
import { conntrack } from './machine/conntrack.ts'
import { ctr } from './machine/ctr.ts'
import { df } from './machine/df.ts'
import { dmesg } from './machine/dmesg.ts'
import { free } from './machine/free.ts'
import { lsof } from './machine/lsof.ts'
import { notInstalledCommands } from './machine/not-installed.ts'
import { lscpu, nproc } from './machine/nproc.ts'
import { sysctl } from './machine/sysctl.ts'
import { top } from './machine/top.ts'
import { traceroute } from './machine/traceroute.ts'
import { uptime } from './machine/uptime.ts'
import { whereis } from './machine/whereis.ts'
import { createMan } from './man.ts'
import { nc } from './nc.ts'
import { crictl } from './node/crictl.ts'
import { journalctl } from './node/journalctl.ts'
import { netstat, ss } from './node/ss.ts'
import { systemctl } from './node/systemctl.ts'
import { nohup } from './nohup.ts'
import { nslookup } from './nslookup.ts'
import { openssl } from './openssl/openssl.ts'
import { pager } from './pager.ts'
import { ping } from './ping.ts'
import { ps } from './ps.ts'
import { reset } from './reset.ts'
import { sleep } from './sleep.ts'
import { sort } from './sort.ts'
import { ssh } from './ssh.ts'
import { su, sudo } from './sudo.ts'
import { telnet } from './telnet.ts'
import { timeout } from './timeout.ts'
import { trace } from './trace.ts'
import { uname } from './uname.ts'
import { watch } from './watch.ts'
import { wget } from './wget.ts'
import { whoami } from './whoami.ts'
import { xargs } from './xargs.ts'
import { yes } from './yes.ts'

const listed: readonly CommandDefinition[] = [
  apt,
  aptCache,
  aptGetCommand,
  aptMark,
  arp,
  busybox,
  cat,
  chroot,
  clear,
  conntrack,
  crictl,
  ctr,
  curl,
  date,
  df,
  dig,
  dmesg,
  env,
  etcdctl,
  etcdutl,
  free,
  getent,
  help,
  host,
  hostname,
  id,
  ifconfig,
  ip,
  iptables,
  iptablesSave,
  journalctl,
  kubeadm,
  kubectl,
  ls,
  lscpu,
  lsof,
  nano,
  nc,
  netstat,
  nproc,
  nohup,
  nslookup,
  openssl,
  pager,
  ping,
  printenv,
  ps,
  reset,
  route,
  sleep,
  sort,
  ss,
  ssh,
  su,
  sudo,
  sysctl,
  trace,
  systemctl,
  telnet,
  timeout,
  top,
  traceroute,
  uname,
  uptime,
  vi,
  watch,
  wget,
  whereis,
  whoami,
  xargs,
  yes,
]

/** Every command that the terminal adds to the shell library's text tools. */
export const commands: readonly CommandDefinition[] = [...listed, createMan(listed), ...notInstalledCommands]
