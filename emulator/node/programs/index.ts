import { busybox } from './busybox.ts'
import { cat } from './cat.ts'
import { cp, mv } from './cp.ts'
import { curl } from './curl/curl.ts'
import { date } from './date.ts'
import { dig } from './dig/dig.ts'
import { echo } from './echo.ts'
import { env, printenv } from './env.ts'
import { getent } from './getent.ts'
import { grep } from './grep.ts'
import { head } from './head.ts'
import { host } from './host.ts'
import { hostname } from './hostname.ts'
import { httpd } from './httpd.ts'
import { id, ps, pwd, uname, whoami } from './identity.ts'
import { ls } from './ls.ts'
import { mkdir } from './mkdir.ts'
import { busyboxNc, openbsdNc } from './nc.ts'
import { bindNslookup } from './nslookup/bind.ts'
import { busyboxNslookup } from './nslookup/busybox.ts'
import { busyboxPing } from './ping/busybox.ts'
import { iputilsPing } from './ping/iputils.ts'
import { printf } from './printf.ts'
import type { ContainerProgram, NetworkProgram } from './program.ts'
import { rm } from './rm.ts'
import { seq } from './seq.ts'
import { sh } from './sh.ts'
import { sleep } from './sleep.ts'
import { falseProgram, trueProgram } from './status.ts'
import { df, free, kill, mount, nproc, pgrep, pidof, top, uptime } from './system.ts'
import { tail } from './tail.ts'
import { tee } from './tee.ts'
import { telnet } from './telnet.ts'
import { busyboxTelnet } from './telnet-busybox.ts'
import { bracket, test } from './test.ts'
import { timeout } from './timeout.ts'
import { touch } from './touch.ts'
import { wc } from './wc.ts'
import { busyboxWget } from './wget/busybox.ts'
import { gnuWget } from './wget/gnu.ts'

const programs: readonly ContainerProgram[] = [
  cat,
  cp,
  mv,
  date,
  echo,
  env,
  printenv,
  grep,
  head,
  hostname,
  httpd,
  id,
  ps,
  pwd,
  uname,
  whoami,
  ls,
  mkdir,
  printf,
  rm,
  seq,
  sh,
  sleep,
  trueProgram,
  falseProgram,
  tail,
  tee,
  test,
  bracket,
  touch,
  df,
  free,
  kill,
  mount,
  nproc,
  pgrep,
  pidof,
  top,
  uptime,
  timeout,
  wc,
  curl,
  dig,
  host,
  getent,
  busyboxWget,
  busyboxPing,
  busyboxNslookup,
  busyboxNc,
  busyboxTelnet,
  busybox,
]

/** General programs that container images name; `ash` and `bash` are the same small shell. */
export const PROGRAMS: ReadonlyMap<string, ContainerProgram> = new Map([
  ...programs.map((program) => [program.name, program] as const),
  ['ash', sh] as const,
  ['bash', sh] as const,
])

/** Network tools of Ubuntu machines by name; containers have those of their images. */
export const MACHINE_PROGRAMS: ReadonlyMap<string, NetworkProgram> = new Map(
  [curl, dig, host, getent, gnuWget, iputilsPing, bindNslookup, openbsdNc, telnet].map(
    (program) => [program.name, program] as const,
  ),
)
